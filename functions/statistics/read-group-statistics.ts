import { dayMs, dayOf, nameOfDay } from '@seenby/core/day.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import {
  oldestKeptPeriod,
  periodsWithMessages,
  type RetentionPeriod,
} from '@seenby/core/retention.ts';
import {
  type CountedDay,
  countDay,
  countedDay,
  summarize,
} from '@seenby/core/statistics/statistics.ts';
import type { GroupStatistics } from '@seenby/protocol/http-answers.ts';
import { membersVisibleTo } from '../receipts/receipt-privacy.ts';
import { notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { rollUpReading, type Span } from './roll-up-reading.ts';

export interface StatisticsQuery {
  groupId: string;
  /** Epoch milliseconds, both included; by default today and the six days before, up to now. */
  from?: number | undefined;
  to?: number | undefined;
}

const maxSpanMs = 31 * dayMs;
/** Reads that may have to be looked at: some six seconds at the function's share of a processor. */
const maxReads = 8_000_000;

/**
 * How a group reads, by the day messages were sent. Within retention it is counted from the
 * receipts as they stand; days before that are whole days, as they were counted at their end.
 */
export async function readGroupStatistics(
  service: Service,
  { userId }: Caller,
  { groupId, from, to }: StatisticsQuery,
): Promise<Result<GroupStatistics>> {
  const now = service.clock();
  const toMs = Math.min(to ?? now, now);
  const span = { fromMs: from ?? (dayOf(toMs) - 6) * dayMs, toMs };
  if (span.fromMs > toMs)
    return refuse('BAD_REQUEST', 'from: must not be after to, nor in the future');
  if (toMs - span.fromMs > maxSpanMs) return refuse('BAD_REQUEST', 'to: 31 days at most');
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!seesAllReceipts(group, member.role)) return receiptsHidden();
  const periods = visiblePeriods(service, membership, span);
  const firstSeq = periods[0]?.fromSeq ?? 1;
  const members = await membersVisibleTo(service, group, userId, firstSeq, group.lastSeq);
  const messages = periods.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0);
  if (messages * members.length > maxReads) {
    return refuse('TOO_MANY', 'There is too much to count in this span: ask for fewer days.');
  }
  const days = await countedDays(service, membership, span);
  for (const period of periods) {
    for (const [day, rollUp] of await rollUpReading(service, group, members, period, span)) {
      days.set(day, countDay(rollUp));
    }
  }
  return done(toStatistics(days, span));
}

/** As far as the member may see their messages. */
function visiblePeriods(
  service: Service,
  { group, member }: Membership,
  { fromMs, toMs }: Span,
): RetentionPeriod[] {
  const { retentionDays } = service;
  const oldest = oldestKeptPeriod(service.clock(), retentionDays);
  return periodsWithMessages(group.periods, group.lastSeq, retentionDays)
    .filter(
      ({ firstDay, startMs, endMs }) => firstDay >= oldest && startMs <= toMs && endMs > fromMs,
    )
    .map((period) => ({ ...period, fromSeq: Math.max(period.fromSeq, member.from) }))
    .filter(({ fromSeq, toSeq }) => fromSeq <= toSeq);
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
