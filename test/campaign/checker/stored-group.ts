import type { CountRange, Message, ReceiptLine } from '@seenby/protocol/entities.ts';

/** The list of who has a message and who has read it, all its pages in one. */
export interface StoredList {
  readCount: number;
  deliveredCount: number;
  unreadCount: number;
  totalCount: number;
  members: ReceiptLine[];
}

export interface StoredPosition {
  readSeq: number;
  deliveredSeq: number;
}

/** A group as the service answers fresh clients after the end. */
export interface StoredGroup {
  groupId: string;
  /** Those who were members from the beginning to the end: the others come and go. */
  memberIds: string[];
  lastSeq: number;
  messages: Message[];
  counts: CountRange[];
  /** By seq, of all messages that are not lost. */
  lists: Map<number, StoredList>;
  positions: Map<string, StoredPosition>;
}
