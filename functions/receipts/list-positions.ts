import { groupVersion } from '@seenby/core/counts/counts.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { deliveredPosition, readPosition } from '@seenby/core/reading/unread.ts';
import type { MemberPosition, PositionPage } from '@seenby/protocol/entities.ts';
import { notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import type { Cursors } from '../store/cursors.ts';
import type { Membership } from '../store/members.ts';
import { versionBase } from './counts-of-group.ts';
import { lastReadAtFor, type ShownMembers, shownMembers } from './shown-members.ts';

export interface PositionsQuery {
  groupId: string;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Of more messages in a direct chat that hides reading nobody's position is told. */
const maxLookedThrough = 1000;

/**
 * Who is in a group now, and up to where each of them has read and received what the caller may see. A badge
 * that was put back is nobody else's business: it moves no position here.
 */
export async function listPositions(
  service: Service,
  cursors: Cursors,
  { userId }: Caller,
  { groupId, cursor, limit = 100 }: PositionsQuery,
): Promise<Result<PositionPage>> {
  const place = ['positions', userId, groupId];
  const after = cursor === undefined ? '' : await cursors.open(cursor, place);
  if (after === undefined) return refuse('BAD_CURSOR', 'This cursor belongs to another list.');
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!seesAllReceipts(group, member.role)) return receiptsHidden();
  const first = Math.max(1, group.lastSeq - maxLookedThrough + 1);
  const shown = await shownMembers(service, membership, first);
  const listed = shown.rows.filter((row) => !row.left && row.userId > after);
  const page = listed.slice(0, limit);
  const last = page.at(-1)?.userId;
  return done({
    version: groupVersion(shown.rows, versionBase(service, group)),
    members: page.map((row) => toPosition(service, membership, shown, row)),
    next: last !== undefined && listed.length > limit ? await cursors.seal(last, place) : null,
  });
}

function toPosition(
  service: Service,
  { group, member: viewer }: Membership,
  shown: ShownMembers,
  member: MemberState,
): MemberPosition {
  const { userId, name } = member;
  // What is older than the viewer's own membership is not theirs to know of.
  const floor = Math.max(floorOf(service, group), viewer.from - 1);
  return {
    userId,
    ...(name !== undefined && { name }),
    readSeq: readPosition(member, group, floor),
    deliveredSeq: deliveredPosition(member, group, floor),
    ...lastReadAtFor(service, group, shown, member),
  };
}
