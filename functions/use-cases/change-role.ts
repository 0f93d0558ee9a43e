import { changeRole as withRole } from '../../core/membership.ts';
import { isAbove } from '../../core/permissions.ts';
import type { Role } from '../../protocol/entities.ts';
import { done, notFound, type Outcome } from '../outcome.ts';
import type { Push } from '../push/push.ts';
import type { Caller, Service } from '../service.ts';
import { notAllowed } from './not-allowed.ts';

export interface RoleChange {
  groupId: string;
  userId: string;
  role: Role;
}

/**
 * Gives a member another role, always below the caller's own. `owner` hands the group over: the
 * new owner is made first and the old one becomes admin, so that a crash never leaves none.
 */
export async function changeRole(
  service: Service,
  caller: Caller,
  { groupId, userId, role }: RoleChange,
): Promise<Outcome<RoleChange>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const target = await service.members.get(groupId, userId);
  if (!target || target.left) return notFound();
  const own = membership.member;
  const handsOver = role === 'owner' && own.role === 'owner';
  const isBelow = isAbove(own.role, target.role) && isAbove(own.role, role);
  if (userId === caller.userId && handsOver) return done({ groupId, userId, role });
  if (!handsOver && !isBelow) return notAllowed('give this role');
  const changed = await setRole(service, groupId, userId, role);
  if (!changed) return notFound();
  if (handsOver) await setRole(service, groupId, caller.userId, 'admin');
  return done({ groupId, userId, role }, [
    told(groupId, userId, role),
    ...(handsOver ? [told(groupId, caller.userId, 'admin')] : []),
  ]);
}

async function setRole(
  service: Service,
  groupId: string,
  userId: string,
  role: Role,
): Promise<boolean> {
  const row = await service.members.get(groupId, userId);
  if (!row) return false;
  return service.members.change<boolean>(groupId, row, (member) =>
    member.left ? { result: false } : { write: withRole(member, role), result: true },
  );
}

const told = (groupId: string, userId: string, role: Role): Push => ({
  to: 'members',
  groupId,
  frame: { type: 'member_changed', groupId, userId, change: 'role', role },
});
