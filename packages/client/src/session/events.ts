import type { Range } from '@seenby/core/ranges/range-set.ts';
import type { Message, Receipt, Role } from '@seenby/protocol/entities.ts';
import type { ConnectionStatus } from '../transport/connection-status.ts';
import type { SeenbyError } from '../transport/seenby-error.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';

export type RemovalReason = 'removed' | 'left' | 'deleted';

/** What a client tells, and a group of what concerns it. */
export interface ClientEvents {
  /** A message arrived, or one that had arrived was recalled. Each message comes once. */
  message: { groupId: string; message: Message };
  /**
   * The counts of these messages changed, or somebody has played them; `receipts` says who did it where that is
   * known. A delivery is counted a moment later.
   */
  receipt: { groupId: string; ranges: readonly Range[]; receipts: readonly Receipt[] };
  /** The user's own position moved, on this device or another. */
  read: { groupId: string; readSeq: number };
  /** The user's badges changed. */
  unread: { groupId: string; unreadCount: number; totalUnread: number };
  members: { groupId: string; userId: string; change: 'joined' | 'left' | 'role'; role?: Role };
  /** The group's settings changed, or more joined than are told of one by one. */
  group: { groupId: string };
  /** The user is in the group no more. Without `reason` it happened while nobody could tell. */
  removed: { groupId: string; reason?: RemovalReason };
  typing: { groupId: string; userId: string };
  /** Someone asks the user to read a message. */
  reminder: { groupId: string; seq: number; messageId: string; fromUserId: string };
  notification: { text: string; groupId?: string };
  connection: ConnectionStatus;
  /**
   * The service was restored to an earlier time, or moved to another region. What was known of the group is
   * forgotten, and comes again: messages of a group that is open do, as new ones.
   */
  restored: { groupId: string };
  /** More was missed than is fetched: these messages are not loaded until `history` loads them. */
  gap: { groupId: string; fromSeq: number; toSeq: number };
  error: { error: SeenbyError; groupId?: string };
  /** @internal What the service sends, once it has been taken. */
  frame: ReceivedFrame;
}

/** What a group tells: that of its client which names the group. */
export type GroupEvents = Omit<ClientEvents, 'connection' | 'frame'>;
