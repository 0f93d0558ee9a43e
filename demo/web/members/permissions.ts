import type { Role } from '@seenby/client';

const rank: Readonly<Record<Role, number>> = { member: 0, admin: 1, owner: 2 };

export const isAdmin = (role: Role | undefined): boolean => role === 'owner' || role === 'admin';

/** What can be done to a member of a group, in the order of the menu. */
export type MemberAction = 'makeAdmin' | 'makeMember' | 'handOver' | 'remove' | 'leave';

export interface Acting {
  /** Of whom acts. */
  readonly role: Role;
  readonly target: Role;
  /** Whether one acts on oneself. */
  readonly isOwn: boolean;
  readonly isDirect: boolean;
}

/** What the service lets somebody do: roles and removal are for who stands above, and a direct chat stays as it is. */
export function memberActions({ role, target, isOwn, isDirect }: Acting): MemberAction[] {
  if (isDirect) return [];
  if (isOwn) return role === 'owner' ? [] : ['leave'];
  if (rank[role] <= rank[target]) return [];
  if (role === 'admin') return ['remove'];
  return [target === 'admin' ? 'makeMember' : 'makeAdmin', 'handOver', 'remove'];
}
