import type { MemberState } from '@seenby/core/members/member.ts';
import { leave } from '@seenby/core/members/membership.ts';
import { isAbove } from '@seenby/core/members/permissions.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { directIsForGood, notAllowed, notFound } from '../runtime/refusals.ts';
import type { Refusal } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Announcement } from '../store/announcements.ts';

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
  const announcement = { groupId, what: `left ${userId}`, userId: caller.userId } as const;
  if (!membership) return announceAgain(service, announcement, userId);
  if (membership.group.kind === 'direct') return directIsForGood();
  const { lastSeq } = membership.group;
  const own = membership.member;
  const target = userId === own.userId ? own : await service.members.get(groupId, userId);
  if (!target || target.left) return announceAgain(service, announcement, userId);
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
      const also = [
        service.groups.placeGivenBack(groupId, at),
        service.announcements.partOf(announcement, at),
      ];
      return { writes: [leave(leaver, lastSeq)], also, result: undefined };
    },
  );
  if (refusal) return refusal;
  return announce(service, announcement, userId);
}

/** Of what an earlier request of the caller has done, and perhaps told nobody. */
async function announceAgain(
  service: Service,
  announcement: Announcement,
  userId: string,
): Promise<ResultWithPushes<{ groupId: string; userId: string }>> {
  const isPending = await service.announcements.isPending(announcement);
  return isPending ? announce(service, announcement, userId) : notFound();
}

async function announce(
  service: Service,
  announcement: Announcement,
  userId: string,
): Promise<ResultWithPushes<{ groupId: string; userId: string }>> {
  const { groupId } = announcement;
  await service.connections.closeGroup(groupId, userId);
  const reason = userId === announcement.userId ? 'left' : 'removed';
  const pushes: Push[] = [
    { to: 'users', userIds: [userId], frame: { type: 'group_removed', groupId, reason } },
    {
      to: 'members',
      groupId,
      frame: { type: 'member_changed', groupId, userId, change: 'left' },
    },
  ];
  const noteTold = () => service.announcements.noteMade(announcement);
  return doneWithPushes({ groupId, userId }, pushes, noteTold);
}

/** Anyone but the owner may leave; others are taken out by who stands above them. */
function whyNot(own: MemberState, target: MemberState): Refusal | undefined {
  if (own.left || target.left) return notFound();
  const leaves = own.userId === target.userId && own.role !== 'owner';
  return leaves || isAbove(own.role, target.role) ? undefined : notAllowed('remove this member');
}
