import { leave } from '../../core/membership.ts';
import { isAbove } from '../../core/permissions.ts';
import { done, notFound, type Outcome } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { notAllowed } from './not-allowed.ts';

/**
 * Takes a member out of a group, or lets them leave. From then on nothing of the group reaches
 * them; what they had read stays read.
 */
export async function removeMember(
  service: Service,
  caller: Caller,
  groupId: string,
  userId: string,
): Promise<Outcome<{ groupId: string; userId: string }>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const target = await service.members.get(groupId, userId);
  if (!target || target.left) return notFound();
  const leaves = userId === caller.userId && target.role !== 'owner';
  if (!leaves && !isAbove(membership.member.role, target.role))
    return notAllowed('remove this member');
  const at = service.clock();
  await service.departures.note(groupId, [userId], at);
  await service.members.change<void>(groupId, target, (member) =>
    member.left ? { result: undefined } : { write: leave(member), result: undefined },
  );
  await service.connections.closeGroup(groupId, userId);
  return done({ groupId, userId }, [
    {
      to: 'members',
      groupId,
      frame: { type: 'member_changed', groupId, userId, change: 'left' },
    },
  ]);
}
