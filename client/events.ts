import type { Range } from '../core/range-set.ts';
import type { Message, Receipt, Role } from '../protocol/entities.ts';
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

/** What a client tells, and a group of what concerns it. */
export interface ClientEvents {
  /** A message arrived, or one that had arrived was recalled. Each message comes once. */
  message: { groupId: string; message: Message };
  /** The counts of these messages changed; `receipts` says who did it where that is known. */
  receipt: { groupId: string; ranges: readonly Range[]; receipts: readonly Receipt[] };
  /** The user's own position moved, on this device or another. */
  read: { groupId: string; readSeq: number };
  /** The user's badges changed. */
  unread: { groupId: string; unreadCount: number; totalUnread: number };
  members: { groupId: string; userId: string; change: 'joined' | 'left' | 'role'; role?: Role };
  typing: { groupId: string; userId: string };
  /** Someone asks the user to read a message. */
  reminder: { groupId: string; seq: number; fromUserId: string };
  notification: { text: string; groupId?: string };
  connection: ConnectionStatus;
  /** So much was missed that it was not fetched: these messages have to be asked for. */
  discontinuity: { groupId: string; fromSeq: number; toSeq: number };
  error: { error: SeenbyError; groupId?: string };
}

/** What a group tells: that of its client which names the group. */
export type GroupEvents = Omit<ClientEvents, 'connection'>;
