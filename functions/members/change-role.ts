import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { changeRole as withRole } from '@seenby/core/members/membership.ts';
import { isAbove, seesAllReceipts } from '@seenby/core/members/permissions.ts';
import type { Role } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { notAllowed, notFound } from '../runtime/refusals.ts';
import type { Refusal } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';

export interface RoleChange {
  groupId: string;
  userId: string;
  role: Role;
}

/** Rows with new roles, written together, or why there are none. */
type Decision = { changed: MemberState[]; before: MemberState[] } | { refusal: Refusal };

/**
 * Gives a member another role, always below the caller's own. `owner` hands the group over: the new
 * owner and the old one, who becomes admin, are written in one transaction, so that at every moment
 * the group has exactly one.
 */
export async function changeRole(
  service: Service,
  caller: Caller,
  change: RoleChange,
): Promise<ResultWithPushes<RoleChange>> {
  const { groupId, userId } = change;
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const own = membership.member;
  const target = userId === own.userId ? own : await service.members.get(groupId, userId);
  if (!target) return notFound();
  const known = [...new Set([own, target])];
  const announcement = { groupId, what: `role ${userId}`, userId: caller.userId } as const;
  const also = [service.announcements.partOf(announcement, service.clock())];
  const noteTold = () => service.announcements.noteMade(announcement);
  const decision = await service.members.changeTogether<Decision>(groupId, known, (members) => {
    const decided = decide(members[0] ?? own, members.at(-1) ?? target, change);
    return 'changed' in decided
      ? { writes: decided.changed, also, result: decided }
      : { result: decided };
  });
  const isChanged = 'changed' in decision && decision.changed.length > 0;
  // Whoever has left since keeps the role in their row, and is told nothing of the group any more.
  const isMade = target.role === change.role && !target.left && !isChanged;
  if (isMade && (await service.announcements.isPending(announcement))) {
    const changed = change.role === 'owner' ? [target, own] : [target];
    const again = changed.flatMap((member) => announce(membership.group, undefined, member));
    return doneWithPushes(change, again, noteTold);
  }
  if ('refusal' in decision) return decision.refusal;
  const pushes = decision.changed.flatMap((member, i) =>
    announce(membership.group, decision.before[i], member),
  );
  return doneWithPushes(change, pushes, pushes.length > 0 ? noteTold : undefined);
}

function decide(own: MemberState, target: MemberState, { role }: RoleChange): Decision {
  if (own.left || target.left) return { refusal: notFound() };
  if (role === 'owner' && own.role === 'owner') {
    if (own.userId === target.userId) return { changed: [], before: [] };
    return { changed: [withRole(target, 'owner'), withRole(own, 'admin')], before: [target, own] };
  }
  const isBelow = isAbove(own.role, target.role) && isAbove(own.role, role);
  if (!isBelow) return { refusal: notAllowed('give this role') };
  if (target.role === role) return { changed: [], before: [] };
  return { changed: [withRole(target, role)], before: [target] };
}

/** The members learn the role; its holder drops receipts, if it shows more or less of them. */
function announce(
  group: GroupState,
  before: MemberState | undefined,
  { userId, role }: MemberState,
): Push[] {
  const { groupId } = group;
  const frame = { type: 'member_changed', groupId, userId, change: 'role', role } as const;
  const told: Push = { to: 'members', groupId, frame };
  const saw = before && seesAllReceipts(group, before.role);
  if (saw === seesAllReceipts(group, role)) return [told];
  const changed = { type: 'receipts_changed', groupId } as const;
  return [told, { to: 'users', userIds: [userId], frame: changed }];
}
