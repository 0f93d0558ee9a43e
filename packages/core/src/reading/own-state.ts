import type { OwnState } from '@seenby/protocol/entities.ts';
import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import { stateVersionOf } from './state-version.ts';
import { unreadOf, withLastSeqOf } from './unread.ts';

/** Where a member stands in a group, as all frames and answers tell it. `floor` is the last expired seq. */
export function ownStateOf(member: MemberState, known: GroupState, floor: number): OwnState {
  const group = withLastSeqOf(member, known);
  return {
    groupId: group.groupId,
    ...unreadOf(member, group, floor),
    lastSeq: group.lastSeq,
    stateVersion: stateVersionOf(member, group, floor),
  };
}
