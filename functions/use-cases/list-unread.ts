import type { GroupStatus } from '../../protocol/entities.ts';
import type { Service } from '../service.ts';
import type { Consistency } from '../store/table.ts';
import { toGroupStatus } from './group-status.ts';

export interface UnreadOverview {
  totalUnreadCount: number;
  groups: GroupStatus[];
}

/** All groups of a user with badge, position and newest message, the liveliest first. */
export async function listUnread(
  service: Service,
  userId: string,
  consistency: Consistency,
): Promise<UnreadOverview> {
  const groupIds = await service.members.groupIdsOf(userId);
  const memberships = await service.members.memberships(groupIds, userId, consistency);
  const groups = memberships
    .filter((membership) => membership !== undefined)
    .map((membership) => toGroupStatus(service, membership))
    .sort((a, b) => (b.lastMessage?.createdAt ?? 0) - (a.lastMessage?.createdAt ?? 0));
  return {
    totalUnreadCount: groups.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
    groups,
  };
}
