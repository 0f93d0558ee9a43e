import { fanOutHandler } from './handlers/fan-out-handler.ts';
import { deadLetters } from './runtime/dead-letters.ts';
import { required } from './runtime/required-environment.ts';
import { wireFanOut } from './wiring.ts';

/** Changes of member rows from the stream, as soon as it is polled. */
export const handler = fanOutHandler(wireFanOut(), deadLetters(required('deadLetters')));
