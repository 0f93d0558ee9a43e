import type { Group } from '../../protocol/entities.ts';
import { done, notFound, type Outcome } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { notAllowed } from './not-allowed.ts';
import { toGroup } from './to-group.ts';

/**
 * Ends a group for everyone at once: with the group row closed nothing of it is found any more.
 * What is left of it goes after that; messages and receipts expire by themselves.
 */
export async function deleteGroup(
  service: Service,
  { userId }: Caller,
  groupId: string,
): Promise<Outcome<Group>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  if (membership.member.role !== 'owner') return notAllowed('delete the group');
  const members = await service.members.ofGroup(groupId, 'strong');
  const present = members.filter((member) => !member.left).map((member) => member.userId);
  const at = service.clock();
  await service.groups.remove(groupId, at);
  await service.departures.note(groupId, present, at);
  await service.connections.closeGroup(groupId);
  await service.members.removeAll(groupId, members);
  return done(toGroup(membership, present.length));
}
