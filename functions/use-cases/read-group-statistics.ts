import { dayMs, dayOf, nameOfDay } from '../../core/day.ts';
import type { GroupState } from '../../core/group.ts';
import { seesAllReceipts } from '../../core/permissions.ts';
import { oldestKeptStep, type StepOfMessages, stepsOfMessages } from '../../core/retention.ts';
import {
  type CountedDay,
  countDay,
  countedDay,
  type Statistics,
  summarize,
} from '../../core/statistics.ts';
import { done, notFound, type Outcome, refuse } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { membersAsSeenBy } from './as-seen-by.ts';
import { hidden } from './count-receipts.ts';
import { type Span, tallyReading } from './tally-reading.ts';

export interface StatisticsQuery {
  groupId: string;
  /** Epoch milliseconds, both included; by default today and the six days before, up to now. */
  from?: number | undefined;
  to?: number | undefined;
}

export interface GroupStatistics extends Statistics {
  perDay: (Statistics & { day: string })[];
}

const longestSpanMs = 31 * dayMs;
/** Reads that may have to be looked at: some six seconds at the function's share of a processor. */
const mostReads = 8_000_000;

/**
 * How a group reads, by the day messages were sent. Within retention it is counted from the
 * receipts as they stand; days before that are whole days, as they were counted at their end.
 */
export async function readGroupStatistics(
  service: Service,
  { userId }: Caller,
  { groupId, from, to }: StatisticsQuery,
): Promise<Outcome<GroupStatistics>> {
  const now = service.clock();
  const toMs = Math.min(to ?? now, now);
  const span = { fromMs: from ?? (dayOf(toMs) - 6) * dayMs, toMs };
  if (span.fromMs > toMs)
    return refuse('BAD_REQUEST', 'from: must not be after to, nor in the future');
  if (toMs - span.fromMs > longestSpanMs) return refuse('BAD_REQUEST', 'to: 31 days at most');
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  if (!seesAllReceipts(group, member.role)) return hidden();
  const steps = visibleSteps(service, group, span);
  const firstSeq = steps[0]?.fromSeq ?? 1;
  const members = await membersAsSeenBy(service, group, userId, firstSeq, group.lastSeq);
  const messages = steps.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0);
  if (messages * members.length > mostReads) {
    return refuse('TOO_MANY', 'There is too much to count in this span: ask for fewer days.');
  }
  const days = await countedDays(service, group, span);
  for (const step of steps) {
    for (const [day, tally] of await tallyReading(service, group, members, step, span)) {
      days.set(day, countDay(tally));
    }
  }
  return done(toStatistics(days, span));
}

function visibleSteps(
  service: Service,
  { steps, lastSeq }: GroupState,
  { fromMs, toMs }: Span,
): StepOfMessages[] {
  const { retentionDays } = service;
  const oldest = oldestKeptStep(service.clock(), retentionDays);
  return stepsOfMessages(steps, lastSeq, retentionDays).filter(
    ({ step, startMs, endMs }) => step >= oldest && startMs <= toMs && endMs > fromMs,
  );
}

async function countedDays(
  service: Service,
  { groupId }: GroupState,
  { fromMs, toMs }: Span,
): Promise<Map<number, CountedDay>> {
  const firstVisible = oldestKeptStep(service.clock(), service.retentionDays);
  const last = Math.min(dayOf(toMs), firstVisible - 1);
  const days = await service.statistics.days(groupId, dayOf(fromMs), last);
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
