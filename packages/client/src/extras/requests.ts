import type { ReceiptState, Visibility } from '@seenby/protocol/entities.ts';
import type { PageQuery } from '../live/page-query.ts';

export interface ReaderQuery extends PageQuery {
  state?: ReceiptState;
  /** `time`: the newest first; in order of user id by default. */
  sort?: 'time' | 'user';
}

export interface GroupChange {
  name?: string;
  tracking?: 'receipts' | 'positions' | 'auto';
  visibility?: Visibility;
}
