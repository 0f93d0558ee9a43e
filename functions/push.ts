import { pushHandler } from './handlers/push-handler.ts';
import { queuedPostTimes } from './push/transport/frame-poster.ts';
import { wireFanOut } from './wiring.ts';

/** Jobs of the push queue. */
export const handler = pushHandler(wireFanOut(queuedPostTimes));
