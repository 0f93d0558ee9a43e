import type { Role, Tracking, Visibility } from '@seenby/protocol/entities.ts';

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

export const isAtLeast = (role: Role, least: Role): boolean => rank[role] >= rank[least];

export const isAbove = (role: Role, other: Role): boolean => rank[role] > rank[other];

/** Whether a member may see the counts and the list of a message. */
export function maySeeReceipts(
  group: { tracking: Tracking; visibility: Visibility },
  viewer: { role: Role; isAuthor: boolean },
): boolean {
  if (group.tracking === 'positions') return false;
  if (group.visibility === 'members' || viewer.isAuthor) return true;
  return group.visibility === 'admins' && isAtLeast(viewer.role, 'admin');
}

/** Whether a member may see the counts of every message, whoever wrote it. */
export const seesAllReceipts = (
  group: { tracking: Tracking; visibility: Visibility },
  role: Role,
): boolean => maySeeReceipts(group, { role, isAuthor: false });

const maxMembersForReceipts = 200;

/** What `auto` becomes when a group is made: exact receipts while a group is of a readable size. */
export function decideTracking(asked: Tracking | 'auto', memberCount: number): Tracking {
  if (asked !== 'auto') return asked;
  return memberCount <= maxMembersForReceipts ? 'receipts' : 'positions';
}
