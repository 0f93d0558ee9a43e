import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';

/** More than what a group ever adds to a version. */
const maxGroupVersion = 2 ** 28;

/**
 * A version that needs no write. The member's row counts first: a mark is answered with the group as it
 * was read before the write, and must not lose against a message that came meanwhile. What is added rises
 * with every message, with every turn of the group and of the member, and with time: expiry may move the
 * position by itself.
 */
export const stateVersionOf = (
  { revision, turns }: Pick<MemberState, 'revision' | 'turns'>,
  group: Pick<GroupState, 'lastSeq' | 'turns'>,
  floor: number,
): number => revision * maxGroupVersion + group.lastSeq + floor + group.turns + turns;

/**
 * What turns and expiry have added to a version: recalls, changes of what may be seen, and the comings and
 * goings of the member. It never decreases. A client that knows of less shows what it may not show any more.
 */
export const turnsIn = (stateVersion: number, lastSeq: number): number =>
  (stateVersion % maxGroupVersion) - lastSeq;
