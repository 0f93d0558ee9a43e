import type { Group } from '@seenby/protocol/entities.ts';
import { notFound } from '../runtime/refusals.ts';
import { done, type Result } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import { toGroup } from './to-group.ts';

export async function getGroup(
  service: Service,
  { userId }: Caller,
  groupId: string,
): Promise<Result<Group>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  return done(toGroup(membership, await countMembers(service, groupId)));
}

/** Counted, like everything here: a stored number would drift. */
export async function countMembers(service: Service, groupId: string): Promise<number> {
  const members = await service.members.ofGroup(groupId, 'strong');
  return members.filter((member) => !member.left).length;
}
