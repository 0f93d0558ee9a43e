import type { MemberState } from '@seenby/core/members/member.ts';
import type { Group } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { notAllowed, notFound } from '../runtime/refusals.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { toGroup } from './to-group.ts';

/**
 * Ends a group for everyone at once: with the group row closed nothing of it is found any more.
 * What is left of it goes after that, the row of the owner last: as long as that is there, the same
 * request again ends what one that ended early began. Messages and receipts expire by themselves.
 */
export async function deleteGroup(
  service: Service,
  { userId }: Caller,
  groupId: string,
): Promise<ResultWithPushes<Group>> {
  const at = service.clock();
  const membership = await service.members.membership(groupId, userId, 'strong');
  const deleted = membership ?? (await deletedByCaller(service, groupId, userId));
  if (!deleted) return notFound();
  if (membership) {
    if (membership.member.role !== 'owner') return notAllowed('delete the group');
    // While the group still is: who syncs after a crash is told that it went.
    await service.departures.note(groupId, await service.members.presentIn(groupId), at);
    const by = { groupId, userId, minRole: 'owner' } as const;
    const removed = await service.groups.remove(by, at);
    if (removed === 'notAllowed') return refusedByRole(service, by, 'delete the group');
    if (removed === 'refused') return notFound();
  }
  const members = await service.members.ofGroup(groupId, 'strong');
  const userIds = members.filter(({ left }) => !left).map((member) => member.userId);
  await service.departures.note(groupId, userIds, at);
  await service.connections.closeGroup(groupId);
  const frame = { type: 'group_removed', groupId, reason: 'deleted' } as const;
  return doneWithPushes(toGroup(deleted, userIds.length), [{ to: 'users', userIds, frame }], () =>
    removeRows(service, groupId, userId, members),
  );
}

/**
 * A deletion that the caller began: at the cost of one read for everybody else. The group's row says
 * who that was: the row of the member may have another role by a hand-over at the same moment.
 */
async function deletedByCaller(
  service: Service,
  groupId: string,
  userId: string,
): Promise<Membership | undefined> {
  const member = await service.members.get(groupId, userId);
  // Who has left began no deletion, and pays no more than who never was in.
  if (!member || member.left) return undefined;
  const group = await service.groups.getDeleted(groupId, userId);
  return group && { group, member };
}

/** After all have been told: who was in the group is not known without the rows. */
async function removeRows(
  service: Service,
  groupId: string,
  ownerId: string,
  members: readonly MemberState[],
): Promise<void> {
  const isOwner = ({ userId }: { userId: string }) => userId === ownerId;
  await service.members.removeAll(
    groupId,
    members.filter((member) => !isOwner(member)),
  );
  await service.members.removeAll(groupId, members.filter(isOwner));
}
