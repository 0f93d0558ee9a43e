import type { MemberState } from '@seenby/core/members/member.ts';
import { leave } from '@seenby/core/members/membership.ts';
import { isAbove } from '@seenby/core/members/permissions.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { directIsForGood, notAllowed, notFound } from '../runtime/refusals.ts';
import type { Refusal } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';

/**
 * Takes a member out of a group, or lets them leave. From then on nothing of the group reaches
 * them; what they had read stays read.
 */
export async function removeMember(
  service: Service,
  caller: Caller,
  groupId: string,
  userId: string,
): Promise<ResultWithPushes<{ groupId: string; userId: string }>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  if (membership.group.kind === 'direct') return directIsForGood();
  const { lastSeq } = membership.group;
  const own = membership.member;
  const target = userId === own.userId ? own : await service.members.get(groupId, userId);
  if (!target) return notFound();
  const why = whyNot(own, target);
  if (why) return why;
  const at = service.clock();
  // Before they leave: a note of a departure that has not come about is harmless.
  await service.departures.note(groupId, [userId], at);
  const refusal = await service.members.changeTogether<Refusal | undefined>(
    groupId,
    [...new Set([own, target])],
    (members) => {
      const leaver = members.at(-1) ?? target;
      const refused = whyNot(members[0] ?? own, leaver);
      if (refused) return { result: refused };
      const also = [service.groups.placeGivenBack(groupId)];
      return { writes: [leave(leaver, lastSeq)], also, result: undefined };
    },
  );
  if (refusal) return refusal;
  await service.connections.closeGroup(groupId, userId);
  const reason = userId === own.userId ? 'left' : 'removed';
  return doneWithPushes({ groupId, userId }, [
    { to: 'users', userIds: [userId], frame: { type: 'group_removed', groupId, reason } },
    {
      to: 'members',
      groupId,
      frame: { type: 'member_changed', groupId, userId, change: 'left' },
    },
  ]);
}

/** Anyone but the owner may leave; others are taken out by who stands above them. */
function whyNot(own: MemberState, target: MemberState): Refusal | undefined {
  if (own.left || target.left) return notFound();
  const leaves = own.userId === target.userId && own.role !== 'owner';
  return leaves || isAbove(own.role, target.role) ? undefined : notAllowed('remove this member');
}
