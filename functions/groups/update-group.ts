import { isDeepStrictEqual } from 'node:util';
import type { GroupState } from '@seenby/core/group.ts';
import { decideTracking, isAtLeast } from '@seenby/core/members/permissions.ts';
import type { Group, Tracking, Visibility } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { notAllowed, notFound } from '../runtime/refusals.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import type { Caller, Service } from '../service/service.ts';
import { countMembers } from './get-group.ts';
import { toGroup } from './to-group.ts';

export interface GroupSettings {
  name?: string | undefined;
  tracking?: Tracking | 'auto' | undefined;
  visibility?: Visibility | undefined;
}

/** Changes what a group is called and who sees what. What was read before counts as read. */
export async function updateGroup(
  service: Service,
  { userId }: Caller,
  groupId: string,
  { name, tracking, visibility }: GroupSettings,
): Promise<ResultWithPushes<Group>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { member } = membership;
  if (!isAtLeast(member.role, 'admin')) return notAllowed('change the settings');
  const memberCount = await countMembers(service, groupId);
  const wanted = {
    ...(name !== undefined && { name }),
    ...(tracking !== undefined && { tracking: decideTracking(tracking, memberCount) }),
    ...(visibility !== undefined && { visibility }),
  };
  const before = membership.group;
  if (isSame(before, wanted)) return doneWithPushes(toGroup(membership, memberCount));
  const by = { groupId, userId, minRole: 'admin' } as const;
  const group = await service.groups.changeSettings(by, wanted);
  if (!group) return notFound();
  if (group === 'notAllowed') return refusedByRole(service, by, 'change the settings');
  return doneWithPushes(toGroup({ group, member }, memberCount), announce(before, group));
}

const isSame = (before: GroupState, wanted: Partial<GroupState>): boolean =>
  isDeepStrictEqual({ ...before, ...wanted }, before);

/** Members learn the settings; who has the group open drops receipts that others may see from now on. */
function announce(before: GroupState, group: GroupState): Push[] {
  const { groupId, name, tracking, visibility } = group;
  const changed = { type: 'group_changed', groupId, name, tracking, visibility } as const;
  const members: Push = { to: 'members', groupId, frame: changed };
  if (tracking === before.tracking && visibility === before.visibility) return [members];
  return [members, { to: 'subscribers', groupId, frame: { type: 'receipts_changed', groupId } }];
}
