import { type MemberState, newMember } from '../../core/member.ts';
import { comeBack, firstSeqOf } from '../../core/membership.ts';
import { isAtLeast } from '../../core/permissions.ts';
import type { Role } from '../../protocol/entities.ts';
import { done, notFound, type Outcome, refuse } from '../outcome.ts';
import type { Push } from '../push/push.ts';
import type { Caller, Service } from '../service.ts';
import { notAllowed } from './not-allowed.ts';

export interface Joining {
  groupId: string;
  memberIds: readonly string[];
  role: Exclude<Role, 'owner'>;
}

/** Above this only the new members hear of it: 500 joining 500 would be 250,000 frames. */
const mostAnnounced = 20;

/** Adds members, who find the last messages of the group unread. Who is a member already stays as is. */
export async function addMembers(
  service: Service,
  caller: Caller,
  { groupId, memberIds, role }: Joining,
): Promise<Outcome<{ added: string[] }>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!isAtLeast(member.role, role === 'admin' ? 'owner' : 'admin'))
    return notAllowed(`add a ${role}`);
  if (group.kind === 'direct') {
    return refuse('BAD_REQUEST', 'A direct chat has two members for good.');
  }
  const asked = [...new Set(memberIds)];
  const rows = await service.members.getMany(groupId, asked);
  const joining = asked.filter((_, i) => !rows[i] || rows[i].left);
  const newcomers = asked.filter((_, i) => !rows[i]);
  const grown = await service.groups.takeOrdinals(groupId, newcomers.length);
  if (!grown) return notFound();
  const { lastSeq, historyForNewMembers } = grown;
  const from = firstSeqOf(lastSeq, historyForNewMembers);
  const again = { role, from, joinedAt: service.clock() };
  const firstOrdinal = grown.lastOrdinal - newcomers.length + 1;
  await Promise.all(
    joining.map((userId) => {
      const row = rows[asked.indexOf(userId)];
      const ordinal = firstOrdinal + newcomers.indexOf(userId);
      return row
        ? bringBack(service, groupId, row, again)
        : bringIn(service, groupId, { ...again, userId, ordinal });
    }),
  );
  return done({ added: joining }, announce(groupId, joining, role));
}

/** Somebody else may be adding the same user: then the row that stands is brought up instead. */
async function bringIn(
  service: Service,
  groupId: string,
  base: Parameters<typeof newMember>[0],
): Promise<void> {
  if (await service.members.insert(groupId, newMember(base))) return;
  const row = await service.members.get(groupId, base.userId);
  if (row) await bringBack(service, groupId, row, base);
}

const bringBack = (
  service: Service,
  groupId: string,
  row: MemberState,
  again: Pick<MemberState, 'role' | 'from' | 'joinedAt'>,
): Promise<void> =>
  service.members.change<void>(groupId, row, (member) =>
    member.left ? { write: comeBack(member, again), result: undefined } : { result: undefined },
  );

function announce(groupId: string, userIds: readonly string[], role: Role): Push[] {
  if (userIds.length > mostAnnounced) return [{ to: 'joined', groupId, userIds, role }];
  return userIds.map((userId) => ({
    to: 'members',
    groupId,
    frame: { type: 'member_changed', groupId, userId, change: 'joined', role },
  }));
}
