import type { Session } from '../session/session.ts';
import type { PendingStore } from './pending-store.ts';

/** What a part of a group needs that sends what is pending. */
export interface SendingSession extends Session {
  readonly pending: PendingStore;
  sendToTabs(message: DiscardedMessage): void;
}

/** A message that the user gave up: other tabs may have taken it up. */
export interface DiscardedMessage {
  kind: 'discarded';
  groupId: string;
  clientMessageId: string;
}
