import type { ReceiptCounts } from '../../receipts/receipt-tracker.ts';

export interface Others {
  readonly read: number;
  readonly unread: number;
  readonly total: number;
}

/** Counts as people understand them: the author, who counts as a reader, is left out. */
export const othersOf = ({ read, unread, total }: ReceiptCounts): Others => ({
  read: Math.max(0, read - 1),
  unread,
  total: Math.max(0, total - 1),
});
