import { fanOutHandler } from './handlers/fan-out-handler.ts';
import { wireFanOut } from './wiring.ts';

/** Changes of member rows from the stream, as soon as it is polled. */
export const handler = fanOutHandler(wireFanOut());
