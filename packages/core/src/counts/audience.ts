import type { MemberState } from '../members/member.ts';
import { has, intersect, type RangeSet, setOfRange, union } from '../ranges/range-set.ts';

/**
 * The messages up to `lastSeq` whose audience the member belongs to: everything since joining, and
 * what they had read, for good. A leaver keeps only the latter.
 */
export const audienceOf = (member: MemberState, lastSeq: number): RangeSet =>
  member.left ? member.read : union(setOfRange(member.from, lastSeq), member.read);

export const isInAudience = (member: MemberState, seq: number): boolean =>
  (!member.left && seq >= member.from) || has(member.read, seq);

/** What the member has received, as far as it concerns them: read implies delivered. */
export const deliveredTo = (member: MemberState, lastSeq: number): RangeSet =>
  member.left
    ? member.read
    : union(intersect(member.delivered, setOfRange(member.from, lastSeq)), member.read);
