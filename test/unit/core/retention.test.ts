import { dayMs } from '@seenby/core/day.ts';
import {
  countedAt,
  daysOfPeriod,
  expiredPeriods,
  expiryOf,
  hiddenPeriods,
  periodMs,
  periodOf,
  periodsWithMessages,
  retentionFloor,
} from '@seenby/core/retention.ts';
import { describe, expect, it } from 'vitest';
import { fc } from '../../support/properties.ts';

const start = Date.UTC(2026, 0, 1);

interface Conversation {
  /** When each message was sent; its seq is its place, from 1. */
  sentAt: number[];
  periods: Record<string, number>;
}

/** Sends messages with these pauses between them, keeping the periods as each send does. */
function converse(pausesMs: readonly number[], retentionDays: number): Conversation {
  const sentAt: number[] = [];
  const periods: Record<string, number> = {};
  let now = start;
  for (const pause of pausesMs) {
    now += pause;
    for (const period of expiredPeriods(periods, now, retentionDays)) delete periods[period];
    periods[periodOf(now, retentionDays)] ??= sentAt.length;
    sentAt.push(now);
  }
  return { sentAt, periods };
}

const days = fc.integer({ min: 1, max: 365 });
const pauses = fc.array(
  fc.oneof(fc.nat({ max: dayMs / 4 }), fc.nat({ max: 9 * dayMs }), fc.nat({ max: 200 * dayMs })),
  { maxLength: 30 },
);
const laterMs = fc.nat({ max: 400 * dayMs });

describe('retention', () => {
  it('[RT1] shows every message for its days and none for much longer', () => {
    fc.assert(
      fc.property(pauses, days, laterMs, (pausesMs, retentionDays, later) => {
        const { sentAt, periods } = converse(pausesMs, retentionDays);
        const now = (sentAt.at(-1) ?? start) + later;
        const floor = retentionFloor(periods, sentAt.length, now, retentionDays);
        for (const [i, at] of sentAt.entries()) {
          const ageMs = now - at;
          const hidden = i + 1 <= floor;
          if (ageMs <= retentionDays * dayMs) expect(hidden).toBe(false);
          if (ageMs >= retentionDays * dayMs + periodMs(retentionDays)) expect(hidden).toBe(true);
        }
      }),
    );
  });

  it('[RT1] never deletes a message or receipt that is still shown', () => {
    fc.assert(
      fc.property(pauses, days, (pausesMs, retentionDays) => {
        const { sentAt, periods } = converse(pausesMs, retentionDays);
        for (const [i, at] of sentAt.entries()) {
          const deletedAt = expiryOf(at, retentionDays);
          expect(Number.isInteger(deletedAt)).toBe(true);
          const now = Math.max(deletedAt * 1000, sentAt.at(-1) ?? 0);
          expect(retentionFloor(periods, sentAt.length, now, retentionDays)).toBeGreaterThan(i);
        }
      }),
    );
  });

  it('[RT1] the floor only rises with time', () => {
    fc.assert(
      fc.property(pauses, days, laterMs, laterMs, (pausesMs, retentionDays, a, b) => {
        const { sentAt, periods } = converse(pausesMs, retentionDays);
        const floorAt = (now: number) => retentionFloor(periods, sentAt.length, now, retentionDays);
        const [sooner, later] = [start + Math.min(a, b), start + Math.max(a, b)];
        expect(floorAt(later)).toBeGreaterThanOrEqual(floorAt(sooner));
      }),
    );
  });

  it('[RT1] the floor does not fall when a message is sent', () => {
    fc.assert(
      fc.property(pauses, days, laterMs, (pausesMs, retentionDays, later) => {
        const before = converse(pausesMs, retentionDays);
        const after = converse([...pausesMs, later], retentionDays);
        const now = after.sentAt.at(-1) ?? start;
        const floorOf = ({ periods, sentAt }: Conversation) =>
          retentionFloor(periods, sentAt.length, now, retentionDays);
        expect(floorOf(after)).toBe(floorOf(before));
      }),
    );
  });

  it('[RT1] no group row keeps more than 33 periods, however long retention is', () => {
    fc.assert(
      fc.property(days, (retentionDays) => {
        const { periods } = converse(Array<number>(800).fill(dayMs / 2), retentionDays);
        expect(Object.keys(periods).length).toBeLessThanOrEqual(33);
      }),
      { numRuns: 50 },
    );
  });

  it('[RT2] every message is of one period, which tells its seqs until they may be deleted', () => {
    fc.assert(
      fc.property(pauses, days, (pausesMs, retentionDays) => {
        const { sentAt, periods } = converse(pausesMs, retentionDays);
        const found = periodsWithMessages(periods, sentAt.length, retentionDays);
        const last = sentAt.at(-1) ?? start;
        for (const [i, at] of sentAt.entries()) {
          if (expiryOf(at, retentionDays) * 1000 <= last) continue;
          const of = found.filter(({ fromSeq, toSeq }) => fromSeq <= i + 1 && i + 1 <= toSeq);
          expect(of.map(({ firstDay }) => firstDay)).toEqual([periodOf(at, retentionDays)]);
          expect(of.map((period) => countedAt(at, period))).toEqual([at]);
        }
      }),
    );
  });

  it('[RT2] the newest hidden period is hidden, and nothing of it may be deleted yet', () => {
    fc.assert(
      fc.property(laterMs, days, (later, retentionDays) => {
        const now = start + later;
        const [newest = 0, other = 0] = hiddenPeriods(now, retentionDays);
        expect(newest - other).toBe(daysOfPeriod(newest, retentionDays).length);
        const lastOf = (period: number) => period * dayMs + periodMs(retentionDays) - 1;
        for (const period of [newest, other]) {
          expect(retentionFloor({ [period]: 0 }, 9, now, retentionDays)).toBe(9);
          expect(expiryOf(lastOf(period), retentionDays) * 1000).toBeGreaterThan(now);
        }
        expect(expiryOf(newest * dayMs, retentionDays) * 1000).toBeGreaterThan(now);
        expect(retentionFloor({ [lastOf(newest) + 1]: 0 }, 9, now, retentionDays)).toBe(0);
      }),
    );
  });

  it('[RT1] a message finished late stays with the period its seq was taken in', () => {
    const periods = periodsWithMessages({ 20000: 0, 20001: 4 }, 9, 30);
    expect(periods.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [1, 4],
      [5, 9],
    ]);
    const [first] = periods;
    if (!first) throw new Error('there is no first period');
    expect(countedAt(20_001 * dayMs + 5, first)).toBe(20_001 * dayMs - 1);
    expect(countedAt(20_000 * dayMs - 5, first)).toBe(20_000 * dayMs);
  });

  it('[RT1] the days of a group outlive a change of retention', () => {
    const periods = { 20440: 0, 20460: 7 };
    const now = 20_475 * dayMs;
    expect(retentionFloor(periods, 9, now, 30)).toBe(7);
    expect(retentionFloor(periods, 9, now, 60)).toBe(0);
    expect(retentionFloor(periods, 9, now, 7)).toBe(9);
  });

  it.each([
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [90, 3],
    [365, 13],
  ])('[RT1] of %i days goes in periods of %i', (retentionDays, period) => {
    expect(periodMs(retentionDays)).toBe(period * dayMs);
  });

  it('[RT1] without messages there is nothing to hide', () => {
    expect(retentionFloor({}, 0, start, 30)).toBe(0);
    expect(expiredPeriods({}, start, 30)).toEqual([]);
  });

  it('[RT2] periods come by their day, each with its seqs and its time', () => {
    const periods = { 20010: 7, 9990: 0, 20000: 4, 20005: 7 };
    expect(
      periodsWithMessages(periods, 9, 20).map(({ firstDay, fromSeq, toSeq }) => [
        ...[firstDay, fromSeq, toSeq],
      ]),
    ).toEqual([
      [9_990, 1, 4],
      [20_000, 5, 7],
      [20_010, 8, 9],
    ]);
    const [{ startMs, endMs } = { startMs: 0, endMs: 0 }] = periodsWithMessages(periods, 9, 20);
    expect([startMs, endMs]).toEqual([9_990 * dayMs, 9_990 * dayMs + periodMs(20)]);
    const [last] = periodsWithMessages({ 20000: 4 }, 4, 20);
    expect(last).toBeUndefined();
  });

  it('[RT2] a period has the days that follow its first', () => {
    const days = daysOfPeriod(20_000, 365);
    expect(days.length).toBeGreaterThan(1);
    expect(days).toEqual(days.map((_, i) => 20_000 + i));
  });

  it('[RT1] a period that may just still be asked for is kept', () => {
    const now = start;
    const hidden = hiddenPeriods(now, 30);
    const oldest = Math.min(...hidden);
    const periods = { [oldest]: 0, [oldest - 1]: 0 };
    expect(expiredPeriods(periods, now, 30)).toEqual([`${oldest - 1}`]);
  });
});
