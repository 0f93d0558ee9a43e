import type { OwnState } from '@seenby/protocol/entities.ts';
import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import { difference, setOfRange, sizeOf } from '../ranges/range-set.ts';
import { unreadOf } from './unread.ts';

/** More than the messages of a group ever add to a version. */
const maxGroupVersion = 2 ** 28;

/** Where a member stands in a group, as all frames and answers tell it. `floor` is the last expired seq. */
export const ownStateOf = (member: MemberState, group: GroupState, floor: number): OwnState => ({
  groupId: group.groupId,
  ...unreadOf(member, group, floor),
  lastSeq: group.lastSeq,
  stateVersion: stateVersionOf(member, group, floor),
});

/**
 * A version that needs no write. The member's row counts first: a mark is answered with the group as it
 * was read before the write, and must not lose against a message that came meanwhile. What the group
 * adds rises with every message and recall, and with time. Expired seqs count twice: once for the recalled
 * ones among them, which leave the sum, and once because their expiry may move the position by itself.
 */
export function stateVersionOf(
  { revision }: Pick<MemberState, 'revision'>,
  { lastSeq, recalled }: Pick<GroupState, 'lastSeq' | 'recalled'>,
  floor: number,
): number {
  const recalledAbove = sizeOf(difference(recalled, setOfRange(1, floor)));
  return revision * maxGroupVersion + lastSeq + 2 * floor + recalledAbove;
}
