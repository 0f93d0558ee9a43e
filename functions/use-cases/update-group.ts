import type { GroupState } from '../../core/group.ts';
import { decideTracking, isAtLeast } from '../../core/permissions.ts';
import type { Group, Tracking, Visibility } from '../../protocol/entities.ts';
import { done, notFound, type Outcome } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { countMembers } from './get-group.ts';
import { notAllowed } from './not-allowed.ts';
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
): Promise<Outcome<Group>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { member } = membership;
  if (!isAtLeast(member.role, 'admin')) return notAllowed('change the settings');
  const memberCount = await countMembers(service, groupId);
  const group = await service.groups.changeSettings(groupId, {
    ...(name !== undefined && { name }),
    ...(tracking !== undefined && { tracking: decideTracking(tracking, memberCount) }),
    ...(visibility !== undefined && { visibility }),
  });
  if (!group) return notFound();
  return done(toGroup({ group, member }, memberCount), [
    { to: 'members', groupId, frame: { type: 'system_notification', groupId, text: tell(group) } },
  ]);
}

/** Clients ask for the group again when they hear of it. */
const tell = ({ name, tracking, visibility }: GroupState): string =>
  `Settings of ${name} changed: tracking ${tracking}, visible to ${visibility}.`;
