import type { MemberPage } from '@seenby/protocol/entities.ts';
import { notFound } from '../runtime/refusals.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Cursors } from '../store/cursors.ts';

/** Who is in a group now, in order of user id. */
export async function listMembers(
  service: Service,
  cursors: Cursors,
  caller: Caller,
  {
    groupId,
    cursor,
    limit = 100,
  }: { groupId: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<Result<MemberPage>> {
  const place = ['members', caller.userId, groupId];
  const after = cursor === undefined ? '' : await cursors.open(cursor, place);
  if (after === undefined) return refuse('BAD_CURSOR', 'This cursor belongs to another list.');
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const rows = await service.members.ofGroup(groupId, 'strong');
  const listed = rows.filter((row) => !row.left && row.userId > after);
  const members = listed.slice(0, limit).map(({ userId, name, role, joinedAt }) => ({
    userId,
    ...(name !== undefined && { name }),
    role,
    joinedAt,
  }));
  const last = members.at(-1)?.userId;
  const next = last !== undefined && listed.length > limit ? await cursors.seal(last, place) : null;
  return done({ members, next });
}
