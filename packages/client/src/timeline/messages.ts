import type { Message, MessageType } from '@seenby/protocol/entities.ts';
import type { SeenbyError } from '../transport/seenby-error.ts';

/** A message that is stored. */
export type SentMessage = Message & { readonly state: 'sent' };

/** What a message has before it is stored. */
export type Unsent = Omit<Message, 'messageId' | 'seq' | 'recalled'>;

/** A message on its way. */
export type PendingMessage = Unsent & { readonly state: 'pending' };

/** A message the service refused: it can be retried or discarded. */
export type FailedMessage = Unsent & { readonly state: 'failed'; readonly error: SeenbyError };

/** What a group shows, told apart by `state`. */
export type ShownMessage = SentMessage | PendingMessage | FailedMessage;

export interface SendOptions {
  /** `text` by default. */
  messageType?: MessageType;
  /** Users mentioned, 50 at most. */
  mentions?: string[];
  /** Whatever JSON object the app needs beside the content, 1 KB at most. */
  metadata?: Record<string, unknown>;
}

export type SendOutcome =
  | { outcome: 'sent'; message: Message }
  | { outcome: 'failed'; error: SeenbyError }
  | { outcome: 'discarded' };

export interface HistoryQuery {
  /** Messages before this seq; without `before` and `after`, before the first one loaded. */
  before?: number;
  /** Messages after this seq. */
  after?: number;
  /** 50 by default, 100 at most. */
  limit?: number;
}

export interface HistoryPage {
  /** Ascending by seq. */
  messages: readonly Message[];
  /** Whether there may be more in the same direction. */
  hasMore: boolean;
}
