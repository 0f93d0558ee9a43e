import { socketHandler } from './handlers/socket-handler.ts';
import { required } from './runtime/required-environment.ts';
import { wire } from './wiring.ts';

/** Every event of a WebSocket connection: its upgrade, its frames and its end. */
export const handler = socketHandler({ ...wire(), presence: required('presence') === 'on' });
