import type { OwnState } from '@seenby/protocol/entities.ts';
import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import { stateVersionOf } from './state-version.ts';
import { unreadOf } from './unread.ts';

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

/** The group may have been read before the row was: messages that its member has sent, received or read are there. */
export const withLastSeqOf = ({ read, delivered }: MemberState, group: GroupState): GroupState => ({
  ...group,
  lastSeq: Math.max(group.lastSeq, read.at(-1)?.to ?? 0, delivered.at(-1)?.to ?? 0),
});
