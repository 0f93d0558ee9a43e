import { groupVersion } from '@seenby/core/counts/counts.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { isPrivateTime } from '@seenby/core/reading/private-times.ts';
import { deliveredPosition, readPosition } from '@seenby/core/reading/unread.ts';
import { lastReadAtOf } from '@seenby/core/receipts/last-read.ts';
import { startOfRetention } from '@seenby/core/retention.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import type { Cursors } from '../store/cursors.ts';
import type { Membership } from '../store/members.ts';
import { versionBase } from './counts-of-group.ts';
import { hiddenReadsFor, receiptsAreOff, withoutHiddenReads } from './receipt-privacy.ts';

type Positions = AnswerOf<'GET /groups/{groupId}/positions'>;

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
): Promise<Result<Positions>> {
  const place = ['positions', userId, groupId];
  const after = cursor === undefined ? '' : await cursors.open(cursor, place);
  if (after === undefined) return refuse('BAD_CURSOR', 'This cursor belongs to another list.');
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!seesAllReceipts(group, member.role)) return receiptsHidden();
  const { rows, timesAreTold } = await shownRows(service, membership);
  const listed = rows.filter((row) => !row.left && row.userId > after);
  const page = listed.slice(0, limit);
  const last = page.at(-1)?.userId;
  const toldFrom = timesAreTold
    ? startOfRetention(service.clock(), service.retentionDays)
    : Infinity;
  return done({
    version: groupVersion(rows, versionBase(service, group)),
    members: page.map((row) => toPosition(service, membership, row, toldFrom)),
    next: last !== undefined && listed.length > limit ? await cursors.seal(last, place) : null,
  });
}

/** The rows as the caller may see them; no times while one of a direct chat gives no receipts. */
async function shownRows(
  service: Service,
  { group, member }: Membership,
): Promise<{ rows: MemberState[]; timesAreTold: boolean }> {
  const { groupId, lastSeq } = group;
  const rows = await service.members.ofGroup(groupId, 'strong');
  const first = Math.max(1, lastSeq - maxLookedThrough + 1);
  const hidden = await hiddenReadsFor(service, group, rows, member.userId, first, lastSeq);
  const timesAreTold = group.kind !== 'direct' || !(await receiptsAreOff(service, rows));
  return { rows: withoutHiddenReads(rows, hidden), timesAreTold };
}

function toPosition(
  service: Service,
  { group, member: viewer }: Membership,
  member: MemberState,
  toldFrom: number,
): Positions['members'][number] {
  const { userId, name } = member;
  const lastReadAt = lastReadAtOf(member);
  // What is older than the viewer's own membership is not theirs to know of.
  const floor = Math.max(floorOf(service, group), viewer.from - 1);
  return {
    userId,
    ...(name !== undefined && { name }),
    readSeq: readPosition(member, group, floor),
    deliveredSeq: deliveredPosition(member, group, floor),
    ...(lastReadAt >= toldFrom && !isPrivateTime(group.privateTimes, lastReadAt) && { lastReadAt }),
  };
}
