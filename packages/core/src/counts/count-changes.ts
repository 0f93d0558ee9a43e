import type { MemberState } from '../members/member.ts';
import {
  difference,
  emptySet,
  intersect,
  type RangeSet,
  setOfRange,
  union,
} from '../ranges/range-set.ts';
import { audienceOf, deliveredTo } from './audience.ts';

const symmetricDifference = (a: RangeSet, b: RangeSet): RangeSet =>
  union(difference(a, b), difference(b, a));

/** The messages from `first` to `last` whose counts a change of one member may have moved. */
export function changedCounts(
  before: MemberState | undefined,
  after: MemberState,
  first: number,
  last: number,
): RangeSet {
  const views = [
    (member: MemberState) => member.read,
    (member: MemberState) => deliveredTo(member, last),
    (member: MemberState) => audienceOf(member, last),
  ];
  const changed = views
    .map((view) => symmetricDifference(before ? view(before) : emptySet, view(after)))
    .reduce(union, emptySet);
  return intersect(changed, setOfRange(first, last));
}
