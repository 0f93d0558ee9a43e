import type { GroupHandle, GroupMember, Members } from '@seenby/client';
import { useMembers, useSeenby } from '@seenby/client/react';
import { useMemo } from 'react';
import { useActive } from './use-active.ts';

export type RosterMember = GroupMember;
export type Roster = Members;

/**
 * Who is in a group, and who of them is there now: the user, whoever was told of as online, and whoever has
 * just done something.
 */
export function useRoster(group: GroupHandle): Roster {
  const told = useMembers(group);
  const active = useActive(group);
  const { userId = '' } = useSeenby();
  return useMemo(() => {
    const members = told.members.map((member) => {
      const online = member.online ?? (member.userId === userId || active.has(member.userId));
      return online ? { ...member, online } : member;
    });
    return { ...told, members, byId: new Map(members.map((member) => [member.userId, member])) };
  }, [told, active, userId]);
}
