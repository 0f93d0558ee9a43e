import type { ReceiptState, Visibility } from '@seenby/protocol/entities.ts';

export interface ReaderQuery {
  state?: ReceiptState;
  /** `next` of the page before. */
  cursor?: string;
  /** 100 by default, 500 at most. */
  limit?: number;
}

export interface GroupChange {
  name?: string;
  tracking?: 'receipts' | 'positions' | 'auto';
  visibility?: Visibility;
}
