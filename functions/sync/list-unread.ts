import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { UnreadOverview } from '@seenby/protocol/http-answers.ts';
import { checkedMemberships } from '../service/check-for-lost-seqs.ts';
import type { Service } from '../service/service.ts';
import type { Consistency, Membership } from '../store/members.ts';
import { toGroupStatuses } from './group-status.ts';

/** All groups of a user with badge, position and newest message; the newest message comes first. */
export async function listUnread(
  service: Service,
  userId: string,
  consistency: Consistency,
): Promise<UnreadOverview> {
  return overviewOf(service, await membershipsOf(service, userId, consistency));
}

/**
 * The same with the groups that fit into so many bytes. Those in which the user has read or written come
 * before all others: whoever puts somebody into hundreds of groups does not crowd out theirs.
 */
export async function listUnreadThatFits(
  service: Service,
  userId: string,
  consistency: Consistency,
  maxBytes: number,
): Promise<UnreadOverview & { truncated?: true }> {
  const memberships = await membershipsOf(service, userId, consistency);
  const { totalUnreadCount, groups } = await overviewOf(service, memberships);
  const opened = new Set(memberships.filter(isOpened).map(({ group }) => group.groupId));
  const isKnown = ({ groupId }: GroupStatus) => opened.has(groupId);
  const byWorth = [...groups.filter(isKnown), ...groups.filter((group) => !isKnown(group))];
  let bytes = 0;
  const fitting = new Set(
    byWorth.filter((group) => {
      bytes += Buffer.byteLength(JSON.stringify(group));
      return bytes <= maxBytes;
    }),
  );
  const shown = groups.filter((group) => fitting.has(group));
  const isAll = shown.length === groups.length;
  return { totalUnreadCount, groups: shown, ...(!isAll && { truncated: true }) };
}

async function membershipsOf(
  service: Service,
  userId: string,
  consistency: Consistency,
): Promise<Membership[]> {
  const groupIds = await service.members.groupIdsOf(userId);
  const memberships = await checkedMemberships(service, userId, groupIds, consistency);
  return memberships.filter((membership) => membership !== undefined);
}

/** Whoever read or wrote something there, or made the group. What a device has received says nothing. */
const isOpened = ({ member }: Membership): boolean =>
  member.read.length > 0 || member.role === 'owner';

async function overviewOf(
  service: Service,
  memberships: readonly Membership[],
): Promise<UnreadOverview> {
  const groups = (await toGroupStatuses(service, memberships)).sort(
    (a, b) => (b.lastMessage?.createdAt ?? 0) - (a.lastMessage?.createdAt ?? 0),
  );
  return {
    totalUnreadCount: groups.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
    groups,
  };
}
