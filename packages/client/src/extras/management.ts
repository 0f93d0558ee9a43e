import type {
  Group,
  GroupStatus,
  MemberPage,
  ReceiptPage,
  Role,
} from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { askOf } from '../live/ask.ts';
import type { LiveGroup } from '../live/live-group.ts';
import type { PageQuery } from '../live/page-query.ts';
import type { RemovalReason } from '../session/events.ts';
import { queryOf } from '../transport/http.ts';
import type { GroupChange, ReaderQuery } from './requests.ts';

/** A group of whose state an answer may tell. */
export interface ManagedGroup extends LiveGroup {
  readonly standing: {
    takeSettings(settings: Partial<GroupStatus>): void;
    leave(reason: RemovalReason): void;
  };
}

type Listed = Parameters<typeof askOf>[0];

export const listReaders = (group: Listed, seq: number, query?: ReaderQuery) =>
  askOf<ReceiptPage>(group, 'GET', `/messages/${seq}/receipts${queryOf(query)}`);

export const listMembers = (group: Listed, query?: PageQuery) =>
  askOf<MemberPage>(group, 'GET', `/members${queryOf(query)}`);

export const remindUnread = (group: Listed, seq: number, userIds?: readonly string[]) =>
  askOf<{ reminded: number; reached: number }>(group, 'POST', `/messages/${seq}/remind`, {
    userIds,
  });

export const getGroup = (group: Listed) => askOf<Group>(group, 'GET', '');

export async function updateGroup(group: ManagedGroup, change: GroupChange): Promise<Group> {
  const changed = await askOf<Group>(group, 'PATCH', '', change);
  group.standing.takeSettings(changed);
  return changed;
}

export async function deleteGroup(group: ManagedGroup): Promise<void> {
  await askOf(group, 'DELETE', '');
  group.standing.leave('deleted');
}

export async function addMembers(
  group: Listed,
  memberIds: readonly string[],
  role?: 'admin' | 'member',
): Promise<void> {
  await askOf(group, 'POST', '/members', { memberIds, role });
}

export async function changeRole(group: Listed, userId: string, role: Role): Promise<void> {
  await askOf(group, 'PATCH', `/members/${toPathSegment(userId)}`, { role });
}

export async function removeMember(group: ManagedGroup, userId: string): Promise<void> {
  await askOf(group, 'DELETE', `/members/${toPathSegment(userId)}`);
  if (userId === group.parts.session.userId) group.standing.leave('left');
}
