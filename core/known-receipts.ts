import type { Receipt, ReceiptKind } from '../protocol/entities.ts';
import type { BlockMove } from './history-block.ts';
import type { MemberState } from './member.ts';
import { difference, intersect, type RangeSet, rangeSet } from './range-set.ts';

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
  moves: readonly BlockMove[],
  { seqs, own }: Sent,
): Generator<KnownReceipt> {
  const byMember = Map.groupBy(moves, ({ ordinal }) => ordinal);
  for (const member of members) {
    const others = difference(seqs, own(member.userId));
    const known = byMember.get(member.ordinal) ?? [];
    for (const kind of ['read', 'delivered', 'played'] as const) {
      yield* inRanges(member.userId, kind, intersect(member[kind], others), known);
    }
    // A delivery that reading has overtaken stands in the moves alone.
    const overtaken = known.filter((move) => move.kind === 'delivered');
    const withTime = intersect(intersect(member.read, others), rangeSet(overtaken));
    yield* inRanges(member.userId, 'delivered', withTime, overtaken);
  }
}

/** Neighbours with the same time share a receipt. */
function* inRanges(
  userId: string,
  kind: ReceiptKind,
  seqs: RangeSet,
  moves: readonly BlockMove[],
): Generator<KnownReceipt> {
  for (const range of seqs) {
    let last: KnownReceipt | undefined;
    for (let seq = range.from; seq <= range.to; seq++) {
      const at = timeOf(moves, kind, seq);
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
function timeOf(moves: readonly BlockMove[], kind: ReceiptKind, seq: number): number | null {
  let earliest: number | null = null;
  for (const move of moves) {
    const tells = move.kind === kind || (kind === 'read' && move.kind === 'played');
    if (!tells || seq < move.from || seq > move.to) continue;
    earliest = Math.min(earliest ?? Infinity, move.at);
  }
  return earliest;
}
