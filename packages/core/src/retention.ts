import { dayMs, dayOf } from './day.ts';

const periodsKept = 30;
/** DynamoDB may delete what a period holds this many periods after it is hidden, and not before. */
const gracePeriods = 2;

/**
 * Messages expire in periods, so that one number per period tells which are gone: whole days, or more
 * than one day where retention is longer than thirty.
 */
const periodDays = (retentionDays: number): number => Math.ceil(retentionDays / periodsKept);

export const periodMs = (retentionDays: number): number => periodDays(retentionDays) * dayMs;

/**
 * The period that a time falls in, by its first day. Being a day, it means the same under another
 * `retentionDays`.
 */
export function periodOf(at: number, retentionDays: number): number {
  const day = dayOf(at);
  return day - (day % periodDays(retentionDays));
}

/** A period is kept while any moment of it is within retention. */
export const oldestKeptPeriod = (now: number, retentionDays: number): number =>
  periodOf(now - retentionDays * dayMs, retentionDays);

/** What was before this has expired. */
export const startOfRetention = (now: number, retentionDays: number): number =>
  oldestKeptPeriod(now, retentionDays) * dayMs;

/** The last expired seq: no message up to it is shown any more. 0 while none has expired. */
export function retentionFloor(
  periods: Readonly<Record<string, number>>,
  lastSeq: number,
  now: number,
  retentionDays: number,
): number {
  const oldest = oldestKeptPeriod(now, retentionDays);
  let floor = lastSeq;
  for (const [period, seqBefore] of Object.entries(periods)) {
    if (Number(period) >= oldest) floor = Math.min(floor, seqBefore);
  }
  return floor;
}

/** Periods that are hidden and may have been deleted: nobody asks where they began any more. */
export function expiredPeriods(
  periods: Readonly<Record<string, number>>,
  now: number,
  retentionDays: number,
): string[] {
  const oldest = oldestKeptPeriod(now, retentionDays) - gracePeriods * periodDays(retentionDays);
  return Object.keys(periods).filter((period) => Number(period) < oldest);
}

/** Epoch seconds after which DynamoDB may delete what was written `at`: never before it expires. */
export const expiryOf = (at: number, retentionDays: number): number =>
  Math.ceil((at + retentionDays * dayMs + gracePeriods * periodMs(retentionDays)) / 1000);

/** First days of the periods that are hidden and still there: all of the newest, what is left of the other. */
export function hiddenPeriods(now: number, retentionDays: number): number[] {
  const oldest = oldestKeptPeriod(now, retentionDays);
  return Array.from(
    { length: gracePeriods },
    (_, i) => oldest - (i + 1) * periodDays(retentionDays),
  );
}

export const daysOfPeriod = (period: number, retentionDays: number): number[] =>
  Array.from({ length: periodDays(retentionDays) }, (_, i) => period + i);

/** The messages of one period: which seqs they have, and the time that is theirs, its end left out. */
export interface RetentionPeriod {
  firstDay: number;
  fromSeq: number;
  toSeq: number;
  startMs: number;
  endMs: number;
}

/** The periods of a group that hold messages, oldest first. */
export function periodsWithMessages(
  periods: Readonly<Record<string, number>>,
  lastSeq: number,
  retentionDays: number,
): RetentionPeriod[] {
  // Keys of an object that are whole numbers ascend.
  const ascending = Object.entries(periods).map(([period, seqBefore]) => ({
    firstDay: Number(period),
    seqBefore,
  }));
  return ascending
    .map(({ firstDay, seqBefore }, i) => ({
      firstDay,
      fromSeq: seqBefore + 1,
      toSeq: ascending[i + 1]?.seqBefore ?? lastSeq,
      startMs: firstDay * dayMs,
      endMs: firstDay * dayMs + periodMs(retentionDays),
    }))
    .filter(({ fromSeq, toSeq }) => fromSeq <= toSeq);
}

/**
 * The time a message counts for. A send that a crash cut short may be finished a day later: its
 * message stays with the period its seq was taken in, as its expiry does.
 */
export const countedAt = (createdAt: number, { startMs, endMs }: RetentionPeriod): number =>
  Math.min(Math.max(createdAt, startMs), endMs - 1);
