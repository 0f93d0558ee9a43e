import { eventBridge } from './events/event-bridge.ts';
import { recorderHandler } from './handlers/recorder-handler.ts';
import { deadLetters } from './runtime/dead-letters.ts';
import { environmentNames } from './runtime/environment.ts';
import { required } from './runtime/required-environment.ts';
import { wireStore } from './wiring.ts';

const busName = process.env[environmentNames.eventBus];

/** Changes of member rows from the stream, the oldest first. */
export const handler = recorderHandler({
  ...wireStore(),
  bus: busName === undefined ? undefined : eventBridge(busName),
  setAside: deadLetters(required('deadLetters')),
});
