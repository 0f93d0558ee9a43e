import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import { difference, setOfRange, sizeOf } from '../ranges/range-set.ts';

/** More than the messages of a group ever add to a version. */
const maxGroupVersion = 2 ** 28;

/**
 * A version that needs no write. The member's row counts first: a mark is answered with the group as it
 * was read before the write, and must not lose against a message that came meanwhile. What the group
 * adds rises with every message and recall, and with time. Expired seqs count twice: once for the recalled
 * ones among them, which leave the sum, and once because their expiry may move the position by itself.
 * Who comes back does not see all that they saw before: that counts like a recall.
 */
export function stateVersionOf(
  { revision, turns }: Pick<MemberState, 'revision' | 'turns'>,
  { lastSeq, recalled }: Pick<GroupState, 'lastSeq' | 'recalled'>,
  floor: number,
): number {
  const recalledAbove = sizeOf(difference(recalled, setOfRange(1, floor)));
  return revision * maxGroupVersion + lastSeq + 2 * floor + recalledAbove + turns;
}

/**
 * What recalls, expiry and coming back have added to a version. It never decreases, and rises with every
 * recall: a client that knows of fewer has missed one, or shows what it may not see any more.
 */
export const removalsIn = (stateVersion: number, lastSeq: number): number =>
  (stateVersion % maxGroupVersion) - lastSeq;
