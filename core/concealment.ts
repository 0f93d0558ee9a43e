import type { BlockMove } from './history-block.ts';
import type { MemberState, Move } from './member.ts';
import { difference, has, intersect, type RangeSet, union } from './range-set.ts';

/** A member row without the reading of these messages, which then only counts as delivery. */
export function conceal(member: MemberState, seqs: RangeSet): MemberState {
  if (seqs.length === 0) return member;
  return {
    ...member,
    read: difference(member.read, seqs),
    played: difference(member.played, seqs),
    delivered: union(member.delivered, intersect(member.read, seqs)),
    moves: member.moves.flatMap((move) => concealMove(move, seqs)),
  };
}

/** A member row as anybody else may see it. */
export const asOthersSee = (member: MemberState): MemberState => conceal(member, member.concealed);

function concealMove(move: Move, seqs: RangeSet): Move[] {
  if (move.kind === 'delivered') return [move];
  const parts: Move[] = [
    { ...move, ranges: difference(move.ranges, seqs) },
    { ...move, kind: 'delivered', ranges: intersect(move.ranges, seqs) },
  ];
  return parts.filter(({ ranges }) => ranges.length > 0);
}

/** The same for recorded moves, as far as they matter for one message. */
export const concealInHistory = (
  history: readonly BlockMove[],
  ordinal: number,
  seqs: RangeSet,
  seq: number,
): readonly BlockMove[] =>
  has(seqs, seq)
    ? history.map((move) => (move.ordinal === ordinal ? { ...move, kind: 'delivered' } : move))
    : history;
