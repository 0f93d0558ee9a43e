import type { Counts, MessageStatus, ReceiptLine, Role, Visibility } from '../protocol/entities.ts';

export interface ReaderQuery {
  state?: 'read' | 'unread' | 'delivered';
  /** `next` of the page before. */
  cursor?: string;
  /** 100 by default, 500 at most. */
  limit?: number;
}

export interface ReaderPage extends Counts {
  seq: number;
  status: MessageStatus;
  members: ReceiptLine[];
  next: string | null;
}

export interface GroupChange {
  name?: string;
  tracking?: 'receipts' | 'positions' | 'auto';
  visibility?: Visibility;
}

export interface Member {
  userId: string;
  name?: string;
  role: Role;
  joinedAt: number;
}

export interface MemberPage {
  members: Member[];
  next: string | null;
}
