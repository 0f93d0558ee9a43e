import type {
  CountRange,
  GroupStatus,
  Message,
  MessageAddressed,
  Receipt,
  Role,
} from './entities.ts';
import type { ErrorCode } from './errors.ts';

/** Fields of every server frame by its `type`, less `type`, `timestamp` and the echoed `requestId`. */
export interface ServerFrames {
  connection_established: {
    userId: string;
    connectionId: string;
    totalUnreadCount: number;
    groups: GroupStatus[];
  };
  subscription_confirmed: {
    groupId: string;
    lastSeq: number;
    readSeq: number;
    unreadCount: number;
    version: number;
  };
  subscription_error: { groupId: string; code: ErrorCode; message: string };
  unsubscription_confirmed: { groupId: string };
  message_sent: { message: Message };
  mark_read_confirmed: MarkReadResult;
  mark_delivered_confirmed: MarkDeliveredResult;
  mark_played_confirmed: { messageId: string; changed: boolean };
  mark_unread_confirmed: { groupId: string; unreadCount: number };
  pong: object;
  error: { code: ErrorCode; message: string; retryAfterMs?: number };
  new_message: { groupId: string; message: Message };
  message_recalled: MessageAddressed;
  read_status_update: {
    groupId: string;
    counts?: CountRange[];
    version?: number;
    receipts?: Receipt[];
  };
  read_position: { groupId: string; readSeq: number; unreadCount: number };
  member_changed: {
    groupId: string;
    userId: string;
    change: 'joined' | 'left' | 'role';
    role?: Role;
  };
  typing_indicator: { groupId: string; userId: string };
  user_status_change: { userId: string; status: 'online' | 'offline' };
  unread_reminder: MessageAddressed & { fromUserId: string };
  system_notification: { text: string; groupId?: string };
}

export type ServerFrameType = keyof ServerFrames;

/** A frame as it stands before it is stamped and sent. */
export type ServerFrame<T extends ServerFrameType = ServerFrameType> = {
  [K in T]: { type: K; requestId?: string } & ServerFrames[K];
}[T];

export interface MarkReadResult {
  groupId: string;
  readSeq: number;
  unreadCount: number;
  changed: boolean;
}

export interface MarkDeliveredResult {
  groupId: string;
  deliveredSeq: number;
  changed: boolean;
}
