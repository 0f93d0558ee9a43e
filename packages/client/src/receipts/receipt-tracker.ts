import { statusOf } from '@seenby/core/counts/counts.ts';
import {
  difference,
  emptySet,
  type Range,
  type RangeSet,
  rangeSet,
  setOfRange,
  union,
} from '@seenby/core/ranges/range-set.ts';
import type { CountRange, MessageStatus, Receipt } from '@seenby/protocol/entities.ts';
import { othersOf, type ReceiptOthers } from './others.ts';
import { OverlapCounter } from './overlap-counter.ts';
import { VersionedCounts } from './versioned-counts.ts';

/**
 * How far a message has come: `read + unread = total`, `read <= delivered <= total`. The author is one of
 * the readers, also after having left the group.
 */
export interface ReceiptCounts {
  readonly read: number;
  readonly unread: number;
  readonly delivered: number;
  readonly total: number;
  /** `read` once read by all, `delivered` once all have it, `sent` before. */
  readonly status: MessageStatus;
  /** The same without the author. */
  readonly others: ReceiptOthers;
}

/**
 * The receipts of a group, from two sources that may be repeated, late, reordered or lost:
 *
 *     counts with a version   absolute, for everyone who reads; the newest version stays
 *     receipts by user        at once, for own messages; they merge by union
 *
 * Who has read a message has read it for good, so of two figures for its readers the higher one is
 * the newer one. Everything else may go down as well, when members leave, and comes with the counts.
 */
export class ReceiptTracker {
  readonly #counts = new VersionedCounts();
  readonly #readBy = new Map<string, RangeSet>();
  #reads = new OverlapCounter();
  readonly #shown = new Map<number, ReceiptCounts>();

  /** Takes counts of the service; answers the messages that changed by them. */
  applyCounts(ranges: readonly CountRange[], version: number): RangeSet {
    return this.#counts.apply(ranges, version);
  }

  /** Takes receipts of users; answers the messages that changed by them. */
  applyReceipts(receipts: readonly Receipt[]): RangeSet {
    const changed: Range[] = [];
    for (const receipt of receipts) changed.push(...this.#applyReceipt(receipt));
    return rangeSet(changed);
  }

  /**
   * The service has told the counts of these: only the newer receipts may be newer. Of the others
   * some may be of readers that the user may not know of any more.
   */
  outdate(counted: RangeSet, newer: readonly Receipt[]): void {
    const before = [...this.#readBy];
    this.#forgetReads();
    for (const [userId, read] of before) {
      for (const { from, to } of difference(read, counted))
        this.#applyReceipt({ userId, kind: 'read', fromSeq: from, toSeq: to });
    }
    this.applyReceipts(newer);
  }

  /**
   * The counts of a message, the same object until they change; undefined while nothing is known of
   * it. A message so new that its counts are still on their way has the audience of the one before,
   * and one that was recalled its readers.
   */
  get(seq: number, isRecalled?: boolean): ReceiptCounts | undefined {
    const fresh = this.#derive(seq, isRecalled);
    const shown = this.#shown.get(seq);
    if (!fresh || (shown && sameReceipt(fresh, shown))) return fresh && shown;
    this.#shown.set(seq, fresh);
    return fresh;
  }

  /** Forgets everything: what the user may see has changed. */
  clear(): void {
    this.#counts.clear();
    this.#forgetReads();
    this.#shown.clear();
  }

  #forgetReads(): void {
    this.#readBy.clear();
    this.#reads = new OverlapCounter();
  }

  #applyReceipt({ userId, kind, fromSeq, toSeq }: Omit<Receipt, 'at'>): RangeSet {
    const range = setOfRange(fromSeq, toSeq);
    // Counted with the next push; who has received a message is told at once.
    if (kind === 'delivered') return range;
    const before = this.#readBy.get(userId) ?? emptySet;
    const added = difference(range, before);
    this.#readBy.set(userId, union(before, added));
    for (const { from, to } of added) this.#reads.add(from, to);
    // Who plays what they have read changes no count.
    return kind === 'read' ? added : range;
  }

  #derive(seq: number, isRecalled?: boolean): ReceiptCounts | undefined {
    const counts = this.#counts.at(seq);
    const known = counts ?? this.#counts.nearestBelow(seq);
    if (!known) return undefined;
    const read = Math.max(counts?.readCount ?? 0, this.#reads.countAt(seq));
    const total = isRecalled ? read : Math.max(known.totalCount, read);
    const delivered = isRecalled ? read : Math.max(counts?.deliveredCount ?? 0, read);
    const status = statusOf({ readCount: read, deliveredCount: delivered, totalCount: total });
    const unread = total - read;
    return { read, unread, delivered, total, status, others: othersOf(read, delivered, total) };
  }
}

const sameReceipt = (a: ReceiptCounts, b: ReceiptCounts): boolean =>
  a.read === b.read && a.delivered === b.delivered && a.total === b.total;
