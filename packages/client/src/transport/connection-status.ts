import type { SeenbyError } from './seenby-error.ts';

/**
 * `closed` before `connect` and after `close`; `waiting` between two attempts, the next of which
 * begins `retryIn` milliseconds after the state was entered.
 */
export interface ConnectionStatus {
  readonly state: 'closed' | 'connecting' | 'connected' | 'waiting';
  readonly error?: SeenbyError;
  readonly retryIn?: number;
}
