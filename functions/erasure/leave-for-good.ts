import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { changeRole, leave } from '@seenby/core/members/membership.ts';
import { deleteGroup } from '../groups/delete-group.ts';
import type { Consequences, Push } from '../push/recipients/push.ts';
import type { Service } from '../service/service.ts';

/** What the members are told once somebody is out, and what ends that. */
export type Departure = Required<Pick<Consequences, 'pushes'>> & Pick<Consequences, 'noteTold'>;

const nothing: Departure = { pushes: [] };

/**
 * Takes somebody out of a group of any kind. An owner hands the group over: to the admin, or else the member,
 * who has been in it longest. The group of who was alone in it is deleted.
 *
 * @param isOurs whether they left in the course of this: then it is told again, by whatever request ends it.
 */
export async function leaveForGood(
  service: Service,
  group: GroupState,
  userId: string,
  member: MemberState | undefined,
  isOurs: boolean,
): Promise<Departure> {
  const { groupId } = group;
  if (!member || member.left) return isOurs ? toldAgain(service, groupId, userId) : nothing;
  const heir = member.role === 'owner' ? await heirOf(service, groupId, userId) : undefined;
  if (member.role === 'owner' && !heir) return deleteFor(service, groupId, userId);
  const at = service.clock();
  await service.departures.note(groupId, [userId], at);
  const isOut = await service.members.changeTogether<boolean>(
    groupId,
    heir ? [member, heir] : [member],
    ([own = member, next]) => {
      if (own.left) return { result: true };
      // Somebody else got the group, or left it, meanwhile: looked at again.
      if ((own.role === 'owner') !== (next !== undefined) || next?.left) return { result: false };
      const inherits = next ? [changeRole(next, 'owner')] : [];
      const also = [service.groups.placeGivenBack(groupId, at)];
      return { writes: [leave(own, group.lastSeq), ...inherits], also, result: true };
    },
  );
  if (!isOut) return again(service, group, userId);
  await service.connections.closeGroup(groupId, userId);
  return { pushes: [...leftBy(groupId, userId), ...(heir ? [ownedBy(groupId, heir.userId)] : [])] };
}

/** They were out before, and nobody may have been told, nor of whom the group is now. */
async function toldAgain(
  { members }: Service,
  groupId: string,
  userId: string,
): Promise<Departure> {
  const rows = await members.ofGroup(groupId, 'strong');
  const owner = rows.find(({ role, left }) => role === 'owner' && !left);
  return {
    pushes: [...leftBy(groupId, userId), ...(owner ? [ownedBy(groupId, owner.userId)] : [])],
  };
}

async function again(service: Service, group: GroupState, userId: string): Promise<Departure> {
  const member = await service.members.get(group.groupId, userId);
  return leaveForGood(service, group, userId, member, true);
}

async function heirOf(
  { members }: Service,
  groupId: string,
  ownerId: string,
): Promise<MemberState | undefined> {
  const rows = await members.ofGroup(groupId, 'strong');
  const [first] = rows
    .filter(({ left, userId }) => !left && userId !== ownerId)
    .sort(
      (a, b) =>
        Number(b.role === 'admin') - Number(a.role === 'admin') ||
        a.joinedAt - b.joinedAt ||
        a.ordinal - b.ordinal,
    );
  return first;
}

/** Also ends what a request of theirs to delete the group began. */
export async function deleteFor(
  service: Service,
  groupId: string,
  userId: string,
): Promise<Departure> {
  const deleted = await deleteGroup(service, { userId }, groupId);
  if (!deleted.ok) throw new Error(`a group was not deleted: ${deleted.problem.code}`);
  return { pushes: deleted.pushes, noteTold: deleted.noteTold };
}

const leftBy = (groupId: string, userId: string): Push[] => [
  { to: 'users', userIds: [userId], frame: { type: 'group_removed', groupId, reason: 'removed' } },
  { to: 'members', groupId, frame: { type: 'member_changed', groupId, userId, change: 'left' } },
];

const ownedBy = (groupId: string, userId: string): Push => ({
  to: 'members',
  groupId,
  frame: { type: 'member_changed', groupId, userId, change: 'role', role: 'owner' },
});
