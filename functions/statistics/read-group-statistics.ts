import { dayOf, nameOfDay } from '@seenby/core/day.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { oldestKeptPeriod } from '@seenby/core/retention.ts';
import {
  type CountedDay,
  countDay,
  countedDay,
  summarize,
} from '@seenby/core/statistics/statistics.ts';
import type { GroupStatistics } from '@seenby/protocol/http-answers.ts';
import { membersVisibleTo } from '../receipts/receipt-privacy.ts';
import { notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { type AskedSpan, spanOf, visiblePeriods, whyNotCount } from './asked-span.ts';
import { rollUpReading, type Span } from './roll-up-reading.ts';

export interface StatisticsQuery extends AskedSpan {
  groupId: string;
}

/**
 * How a group reads, by the day messages were sent. Within retention it is counted from the
 * receipts as they stand; days before that are whole days, as they were counted at their end.
 */
export async function readGroupStatistics(
  service: Service,
  { userId }: Caller,
  { groupId, from, to }: StatisticsQuery,
): Promise<Result<GroupStatistics>> {
  const span = spanOf(service, { from, to });
  if (!span.ok) return span;
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!seesAllReceipts(group, member.role)) return receiptsHidden();
  const periods = visiblePeriods(service, membership, span);
  const firstSeq = periods[0]?.fromSeq ?? 1;
  const members = await membersVisibleTo(service, group, userId, firstSeq, group.lastSeq);
  const refused = whyNotCount(periods, members.length);
  if (refused) return refused;
  const days = await countedDays(service, membership, span);
  for (const period of periods) {
    for (const [day, rollUp] of await rollUpReading(service, group, members, period, span)) {
      days.set(day, countDay(rollUp));
    }
  }
  return done(toStatistics(days, span));
}

/** Whole days, of which nobody knows any more from which message on: those after the member came. */
async function countedDays(
  service: Service,
  { group, member }: Membership,
  { fromMs, toMs }: Span,
): Promise<Map<number, CountedDay>> {
  const firstVisible = oldestKeptPeriod(service.clock(), service.retentionDays);
  const last = Math.min(dayOf(toMs), firstVisible - 1);
  const first = member.from === 1 ? dayOf(fromMs) : dayOf(member.joinedAt) + 1;
  const days = await service.statistics.days(group.groupId, Math.max(dayOf(fromMs), first), last);
  return new Map([...days].map(([day, statistics]) => [day, countedDay(statistics)]));
}

function toStatistics(
  days: ReadonlyMap<number, CountedDay>,
  { fromMs, toMs }: Span,
): GroupStatistics {
  const first = dayOf(fromMs);
  const all = Array.from({ length: dayOf(toMs) - first + 1 }, (_, i) => first + i);
  const counted = all.flatMap((day) => days.get(day) ?? []);
  return {
    ...summarize(counted),
    perDay: all.map((day) => {
      const one = days.get(day);
      return { day: nameOfDay(day), ...summarize(one ? [one] : []) };
    }),
  };
}
