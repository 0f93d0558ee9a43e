import { isDeepStrictEqual } from 'node:util';
import type { GroupState } from '@seenby/core/group.ts';
import { decideTracking, isAtLeast } from '@seenby/core/members/permissions.ts';
import { afterTracking } from '@seenby/core/reading/private-times.ts';
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

/**
 * Changes what a group is called and who sees what. What was read while nobody was to know counts as read,
 * and has no time.
 */
export async function updateGroup(
  service: Service,
  { userId }: Caller,
  groupId: string,
  settings: GroupSettings,
): Promise<ResultWithPushes<Group>> {
  const { name, tracking, visibility } = settings;
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { member } = membership;
  if (!isAtLeast(member.role, 'admin')) return notAllowed('change the settings');
  const memberCount = await countMembers(service, groupId);
  const before = membership.group;
  const wanted = {
    ...(name !== undefined && { name }),
    ...(tracking !== undefined &&
      trackingFrom(before, decideTracking(tracking, memberCount), service.clock())),
    ...(visibility !== undefined && { visibility }),
  };
  const changed = { ...before, ...wanted };
  const announcement = { groupId, what: 'settings', userId } as const;
  const noteTold = () => service.announcements.noteMade(announcement);
  if (isDeepStrictEqual(changed, before)) {
    const isPending = await service.announcements.isPending(announcement);
    const pushes = isPending ? announce(undefined, before) : [];
    return doneWithPushes(
      toGroup(membership, memberCount),
      pushes,
      isPending ? noteTold : undefined,
    );
  }
  const group = showsOthers(before, changed) ? { ...changed, turns: before.turns + 1 } : changed;
  const by = { groupId, userId, minRole: 'admin' } as const;
  const part = service.announcements.partOf(announcement, service.clock());
  const written = await service.groups.changeSettings(by, before, group, part);
  // Somebody else changed it in this moment: decided again on what there is now.
  if (written === 'refused') return updateGroup(service, { userId }, groupId, settings);
  if (written === 'notAllowed') return refusedByRole(service, by, 'change the settings');
  const pushes = announce(before, group);
  return doneWithPushes(toGroup({ group, member }, memberCount), pushes, noteTold);
}

/** Whether somebody may see other receipts than before. */
const showsOthers = (before: GroupState, { tracking, visibility }: GroupState): boolean =>
  tracking !== before.tracking || visibility !== before.visibility;

const trackingFrom = (before: GroupState, tracking: Tracking, now: number) =>
  tracking === before.tracking
    ? {}
    : { tracking, trackingSince: now, privateTimes: afterTracking(before, now) };

/** Members learn the settings; who has the group open drops receipts that others may see from now on. */
function announce(before: GroupState | undefined, group: GroupState): Push[] {
  const { groupId, name, tracking, visibility } = group;
  const changed = { type: 'group_changed', groupId, name, tracking, visibility } as const;
  const members: Push = { to: 'members', groupId, frame: changed };
  if (before && !showsOthers(before, group)) return [members];
  return [members, { to: 'subscribers', groupId, frame: { type: 'receipts_changed', groupId } }];
}
