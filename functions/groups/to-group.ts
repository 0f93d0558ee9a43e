import type { Group } from '@seenby/protocol/entities.ts';
import type { Membership } from '../store/members.ts';

/** A group as one of its members sees it. */
export function toGroup({ group, member }: Membership, memberCount: number): Group {
  return {
    groupId: group.groupId,
    name: group.name,
    kind: group.kind,
    tracking: group.tracking,
    visibility: group.visibility,
    historyForNewMembers: group.historyForNewMembers,
    memberCount,
    lastSeq: group.lastSeq,
    createdAt: group.createdAt,
    role: member.role,
  };
}
