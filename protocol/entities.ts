/** What both transports carry. Times are epoch milliseconds; ranges include both ends. */

export const messageTypes = ['text', 'image', 'file', 'voice', 'video'] as const;
export type MessageType = (typeof messageTypes)[number];

export const roles = ['owner', 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

export const trackings = ['receipts', 'positions', 'auto'] as const;
/** What a group does; `auto` is only ever asked for. */
export type Tracking = 'receipts' | 'positions';

export const visibilities = ['members', 'sender', 'admins'] as const;
export type Visibility = (typeof visibilities)[number];

export const groupKinds = ['group', 'direct'] as const;
export type GroupKind = (typeof groupKinds)[number];

export interface Message {
  messageId: string;
  groupId: string;
  seq: number;
  senderId: string;
  messageType: MessageType;
  content: string;
  createdAt: number;
  clientMessageId: string;
  mentions?: string[];
  recalled?: true;
}

/** How many of a message's audience have read it and have it; the same for every seq of the range. */
export interface Counts {
  readCount: number;
  deliveredCount: number;
  unreadCount: number;
  totalCount: number;
}

export interface CountRange extends Counts {
  fromSeq: number;
  toSeq: number;
}

export const receiptKinds = ['read', 'delivered', 'played'] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

export interface Receipt {
  userId: string;
  kind: ReceiptKind;
  fromSeq: number;
  toSeq: number;
  at: number;
}

export interface GroupStatus {
  groupId: string;
  name: string;
  role: Role;
  tracking: Tracking;
  lastSeq: number;
  readSeq: number;
  unreadCount: number;
  mentionCount: number;
  lastMessage?: LastMessage;
}

/** The newest message of a group; long text is cut to 100 characters. */
export interface LastMessage {
  messageId: string;
  seq: number;
  senderId: string;
  messageType: MessageType;
  content: string;
  createdAt: number;
  recalled?: true;
}

export interface Group {
  groupId: string;
  name: string;
  kind: GroupKind;
  tracking: Tracking;
  visibility: Visibility;
  historyForNewMembers: number;
  memberCount: number;
  lastSeq: number;
  createdAt: number;
  role: Role;
}

/** One line of a message's receipt list. A time is null while the member has not done it. */
export interface ReceiptLine {
  userId: string;
  name?: string;
  isSender?: true;
  deliveredAt: number | null;
  readAt: number | null;
  playedAt?: number | null;
  left?: true;
}

export type MessageStatus = 'sent' | 'delivered' | 'read';

/** Names one message in a frame. */
export interface MessageAddressed {
  groupId: string;
  messageId: string;
  seq: number;
}
