import { dayMs, dayOf } from '@seenby/core/day.ts';
import {
  oldestKeptPeriod,
  periodsWithMessages,
  type RetentionPeriod,
} from '@seenby/core/retention.ts';
import { type Refusal, refuse } from '../runtime/result.ts';
import type { Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import type { Span } from './roll-up-reading.ts';

/** Epoch milliseconds, both included; by default today and the six days before, up to now. */
export interface AskedSpan {
  from?: number | undefined;
  to?: number | undefined;
}

const maxSpanMs = 31 * dayMs;

export function spanOf(service: Service, { from, to }: AskedSpan): ({ ok: true } & Span) | Refusal {
  const now = service.clock();
  const toMs = Math.min(to ?? now, now);
  const fromMs = from ?? (dayOf(toMs) - 6) * dayMs;
  if (fromMs > toMs) return refuse('BAD_REQUEST', 'from: must not be after to, nor in the future');
  if (toMs - fromMs > maxSpanMs) return refuse('BAD_REQUEST', 'to: 31 days at most');
  return { ok: true, fromMs, toMs };
}

/** Those of a span that have not expired, as far as the member may see their messages. */
export function visiblePeriods(
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

/** Reads that may have to be looked at: some six seconds at the function's share of a processor. */
const maxReads = 8_000_000;

/** Why so many messages are not counted for so many members; nothing if they are. */
export function whyNotCount(
  periods: readonly RetentionPeriod[],
  members: number,
): Refusal | undefined {
  const messages = periods.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0);
  if (messages * members <= maxReads) return undefined;
  return refuse('TOO_MANY', 'There is too much to count in this span: ask for fewer days.');
}
