import type { GroupState } from '../group.ts';
import { intersect, type RangeSet, setOfRange, union } from '../ranges/range-set.ts';
import type { MemberState } from './member.ts';

/**
 * The last seq that nobody can ask for any more, whatever becomes of retention: the group row has let
 * go of the periods up to it. What is hidden but still to be counted or archived lies above.
 */
export const foldFloorOf = ({ periods }: Pick<GroupState, 'periods'>): number => {
  const floor = Math.min(...Object.values(periods));
  return Number.isFinite(floor) ? floor : 0;
};

/**
 * The same row without the detail of messages up to `floor`: one range, read as a whole, so that no
 * later mark finds anything there. Nothing above it changes.
 */
export function foldMember(member: MemberState, floor: number): MemberState {
  if (floor <= 0) return member;
  const { privateUnread } = member;
  const above = (set: RangeSet) => intersect(set, setOfRange(floor + 1, Number.MAX_SAFE_INTEGER));
  return {
    ...member,
    read: union(member.read, setOfRange(1, floor)),
    delivered: above(member.delivered),
    played: above(member.played),
    mentions: above(member.mentions),
    former: above(member.former),
    formerHistory: above(member.formerHistory),
    privateReads: above(member.privateReads),
    ...(privateUnread && { privateUnread: { ...privateUnread, own: above(privateUnread.own) } }),
  };
}

/** A leaver is kept for what they had read, and for as long as somebody can ask for that. */
export const isForgettable = ({ left, read }: MemberState, floor: number): boolean =>
  left && (read.at(-1)?.to ?? 0) <= floor;
