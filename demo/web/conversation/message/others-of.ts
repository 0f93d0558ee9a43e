import type { ReceiptCounts } from '@seenby/client';

/**
 * Counts as a person understands them: "read 312" are others who have read it. The service counts
 * the sender among the readers, since it keeps one truth for every use.
 */
export const othersOf = ({
  read,
  unread,
  delivered,
}: Pick<ReceiptCounts, 'read' | 'unread' | 'delivered'>): {
  read: number;
  unread: number;
  delivered: number;
} => ({ read: Math.max(0, read - 1), unread, delivered: Math.max(0, delivered - 1) });
