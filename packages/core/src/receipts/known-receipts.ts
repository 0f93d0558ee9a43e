import type { Receipt, ReceiptKind } from '@seenby/protocol/entities.ts';
import type { MemberState } from '../members/member.ts';
import { difference, intersect, type RangeSet, rangeSet } from '../ranges/range-set.ts';
import type { LoggedReceiptEvent } from './receipt-log-block.ts';

/** A receipt as it is known in the end; without a time when only that it happened is known. */
export type KnownReceipt = Omit<Receipt, 'at'> & { at: number | null };

interface Sent {
  /** Some messages, and which of them each member wrote. */
  seqs: RangeSet;
  own: (userId: string) => RangeSet;
}

/** All receipts of some messages, but for what senders have of their own. */
export function* knownReceipts(
  members: readonly MemberState[],
  receiptEvents: readonly LoggedReceiptEvent[],
  { seqs, own }: Sent,
): Generator<KnownReceipt> {
  const byMember = Map.groupBy(receiptEvents, ({ ordinal }) => ordinal);
  for (const member of members) {
    const others = difference(seqs, own(member.userId));
    const known = byMember.get(member.ordinal) ?? [];
    for (const kind of ['read', 'delivered', 'played'] as const) {
      yield* inRanges(member.userId, kind, intersect(member[kind], others), known);
    }
    // A delivery that reading has overtaken stands in the receipt events alone.
    const overtaken = known.filter((event) => event.kind === 'delivered');
    const withTime = intersect(intersect(member.read, others), rangeSet(overtaken));
    yield* inRanges(member.userId, 'delivered', withTime, overtaken);
  }
}

/** Messages in a row with the same time share a receipt. */
function* inRanges(
  userId: string,
  kind: ReceiptKind,
  seqs: RangeSet,
  receiptEvents: readonly LoggedReceiptEvent[],
): Generator<KnownReceipt> {
  for (const range of seqs) {
    let last: KnownReceipt | undefined;
    for (let seq = range.from; seq <= range.to; seq++) {
      const at = timeOf(receiptEvents, kind, seq);
      if (last && last.at === at) last.toSeq = seq;
      else {
        if (last) yield last;
        last = { userId, kind, fromSeq: seq, toSeq: seq, at };
      }
    }
    if (last) yield last;
  }
}

/** Played implies read. */
function timeOf(
  receiptEvents: readonly LoggedReceiptEvent[],
  kind: ReceiptKind,
  seq: number,
): number | null {
  let earliest: number | null = null;
  for (const event of receiptEvents) {
    const applies = event.kind === kind || (kind === 'read' && event.kind === 'played');
    if (!applies || seq < event.from || seq > event.to) continue;
    earliest = Math.min(earliest ?? Infinity, event.at);
  }
  return earliest;
}
