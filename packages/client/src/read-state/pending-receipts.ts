import { difference, emptySet, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';

/** Messages that a member has read and received in a group and the service has not confirmed yet. */
export interface PendingReceipts {
  read: RangeSet;
  delivered: RangeSet;
}

export type PendingByGroup = ReadonlyMap<string, PendingReceipts>;

export const nothingPending: PendingReceipts = { read: emptySet, delivered: emptySet };

export const mergePending = (a: PendingReceipts, b: PendingReceipts): PendingReceipts =>
  normalized(union(a.read, b.read), union(a.delivered, b.delivered));

/** What is left once the service has confirmed these. */
export const withoutConfirmed = (a: PendingReceipts, b: PendingReceipts): PendingReceipts =>
  normalized(difference(a.read, b.read), difference(a.delivered, b.delivered));

export const isEmpty = ({ read, delivered }: PendingReceipts): boolean =>
  read.length + delivered.length === 0;

/** A read covers the delivery. */
const normalized = (read: RangeSet, delivered: RangeSet): PendingReceipts => ({
  read,
  delivered: difference(delivered, read),
});
