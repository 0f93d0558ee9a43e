import type { MemberState } from '@seenby/core/members/member.ts';
import { isAtLeast, seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { addReadings, type Reading } from '@seenby/core/statistics/reading-roll-up.ts';
import { averageDelay } from '@seenby/core/statistics/statistics.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { lastReadAtFor, shownMembers } from '../receipts/shown-members.ts';
import { notAllowed, notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Cursors } from '../store/cursors.ts';
import type { Membership } from '../store/members.ts';
import { type AskedSpan, spanOf, visiblePeriods, whyNotCount } from './asked-span.ts';
import { rollUpReading, type Span } from './roll-up-reading.ts';

type MemberStatistics = AnswerOf<'GET /groups/{groupId}/stats/members'>;

export interface MemberStatisticsQuery extends AskedSpan {
  groupId: string;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/**
 * How each of those who are in a group now reads what others write, for its owner and admins. It counts as the
 * statistics of the group do, and as far back as receipts go.
 */
export async function listMemberStatistics(
  service: Service,
  cursors: Cursors,
  { userId }: Caller,
  { groupId, from, to, cursor, limit = 100 }: MemberStatisticsQuery,
): Promise<Result<MemberStatistics>> {
  const place = ['stats', userId, groupId, from ?? '', to ?? ''];
  const after = cursor === undefined ? '' : await cursors.open(cursor, place);
  if (after === undefined) return refuse('BAD_CURSOR', 'This cursor belongs to another list.');
  const span = spanOf(service, { from, to });
  if (!span.ok) return span;
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!isAtLeast(member.role, 'admin')) return notAllowed('see statistics of members');
  if (!seesAllReceipts(group, member.role)) return receiptsHidden();
  const periods = visiblePeriods(service, membership, span);
  const shown = await shownMembers(service, membership, periods[0]?.fromSeq ?? 1);
  const listed = shown.rows.filter((row) => !row.left && row.userId > after);
  const page = listed.slice(0, limit);
  const refused = whyNotCount(periods, page.length);
  if (refused) return refused;
  const readings = await readingsOf(service, membership, page, span);
  const last = page.at(-1)?.userId;
  return done({
    members: page.map((row) => ({
      ...toStatistics(row, addReadings(readings.get(row.ordinal) ?? [])),
      ...lastReadAtFor(service, group, shown, row),
    })),
    next: last !== undefined && listed.length > limit ? await cursors.seal(last, place) : null,
  });
}

/** By ordinal, one for each day. */
async function readingsOf(
  service: Service,
  membership: Membership,
  members: readonly MemberState[],
  span: Span,
): Promise<Map<number, Readonly<Reading>[]>> {
  const byMember = new Map<number, Readonly<Reading>[]>(members.map((m) => [m.ordinal, []]));
  for (const period of visiblePeriods(service, membership, span)) {
    const days = await rollUpReading(service, membership.group, members, period, span);
    for (const rollUp of days.values()) {
      for (const [ordinal, reading] of rollUp.countedReadings()) {
        byMember.get(ordinal)?.push(reading);
      }
    }
  }
  return byMember;
}

const toStatistics = ({ userId, name }: MemberState, sum: Reading) => ({
  userId,
  ...(name !== undefined && { name }),
  messages: sum.messages,
  read: sum.read,
  readRate: sum.messages > 0 ? sum.read / sum.messages : 0,
  averageReadDelayMs: averageDelay(sum),
});
