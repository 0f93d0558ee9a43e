import { describe, expect, it } from 'vitest';
import {
  countedAt,
  daysOfStep,
  expiredSteps,
  expiryOf,
  hiddenSteps,
  retentionFloor,
  stepMs,
  stepOf,
  stepsOfMessages,
} from '../../core/retention.ts';
import { fc } from './properties.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 0, 1);

interface Conversation {
  /** When each message was sent; its seq is its place, from 1. */
  sentAt: number[];
  steps: Record<string, number>;
}

/** Sends messages with these pauses between them, keeping the steps as each send does. */
function converse(pausesMs: readonly number[], retentionDays: number): Conversation {
  const sentAt: number[] = [];
  const steps: Record<string, number> = {};
  let now = start;
  for (const pause of pausesMs) {
    now += pause;
    for (const step of expiredSteps(steps, now, retentionDays)) delete steps[step];
    steps[stepOf(now, retentionDays)] ??= sentAt.length;
    sentAt.push(now);
  }
  return { sentAt, steps };
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
        const { sentAt, steps } = converse(pausesMs, retentionDays);
        const now = (sentAt.at(-1) ?? start) + later;
        const floor = retentionFloor(steps, sentAt.length, now, retentionDays);
        for (const [i, at] of sentAt.entries()) {
          const ageMs = now - at;
          const hidden = i + 1 <= floor;
          if (ageMs <= retentionDays * dayMs) expect(hidden).toBe(false);
          if (ageMs >= retentionDays * dayMs + stepMs(retentionDays)) expect(hidden).toBe(true);
        }
      }),
    );
  });

  it('[RT1] never deletes a message or receipt that is still shown', () => {
    fc.assert(
      fc.property(pauses, days, (pausesMs, retentionDays) => {
        const { sentAt, steps } = converse(pausesMs, retentionDays);
        for (const [i, at] of sentAt.entries()) {
          const deletedAt = expiryOf(at, retentionDays);
          expect(Number.isInteger(deletedAt)).toBe(true);
          const now = Math.max(deletedAt * 1000, sentAt.at(-1) ?? 0);
          expect(retentionFloor(steps, sentAt.length, now, retentionDays)).toBeGreaterThan(i);
        }
      }),
    );
  });

  it('[RT1] the floor only rises with time', () => {
    fc.assert(
      fc.property(pauses, days, laterMs, laterMs, (pausesMs, retentionDays, a, b) => {
        const { sentAt, steps } = converse(pausesMs, retentionDays);
        const floorAt = (now: number) => retentionFloor(steps, sentAt.length, now, retentionDays);
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
        const floorOf = ({ steps, sentAt }: Conversation) =>
          retentionFloor(steps, sentAt.length, now, retentionDays);
        expect(floorOf(after)).toBe(floorOf(before));
      }),
    );
  });

  it('[RT1] no group row keeps more than 33 steps, however long retention is', () => {
    fc.assert(
      fc.property(days, (retentionDays) => {
        const { steps } = converse(Array<number>(800).fill(dayMs / 2), retentionDays);
        expect(Object.keys(steps).length).toBeLessThanOrEqual(33);
      }),
      { numRuns: 50 },
    );
  });

  it('[RT2] every message is of one step, which tells its seqs until they may be deleted', () => {
    fc.assert(
      fc.property(pauses, days, (pausesMs, retentionDays) => {
        const { sentAt, steps } = converse(pausesMs, retentionDays);
        const found = stepsOfMessages(steps, sentAt.length, retentionDays);
        const last = sentAt.at(-1) ?? start;
        for (const [i, at] of sentAt.entries()) {
          if (expiryOf(at, retentionDays) * 1000 <= last) continue;
          const of = found.filter(({ fromSeq, toSeq }) => fromSeq <= i + 1 && i + 1 <= toSeq);
          expect(of.map(({ step }) => step)).toEqual([stepOf(at, retentionDays)]);
          expect(of.map((step) => countedAt(at, step))).toEqual([at]);
        }
      }),
    );
  });

  it('[RT2] the newest hidden step is hidden, and nothing of it may be deleted yet', () => {
    fc.assert(
      fc.property(laterMs, days, (later, retentionDays) => {
        const now = start + later;
        const [newest = 0, other = 0] = hiddenSteps(now, retentionDays);
        expect(newest - other).toBe(daysOfStep(newest, retentionDays).length);
        const lastOf = (step: number) => step * dayMs + stepMs(retentionDays) - 1;
        for (const step of [newest, other]) {
          expect(retentionFloor({ [step]: 0 }, 9, now, retentionDays)).toBe(9);
          expect(expiryOf(lastOf(step), retentionDays) * 1000).toBeGreaterThan(now);
        }
        expect(expiryOf(newest * dayMs, retentionDays) * 1000).toBeGreaterThan(now);
        expect(retentionFloor({ [lastOf(newest) + 1]: 0 }, 9, now, retentionDays)).toBe(0);
      }),
    );
  });

  it('[RT1] a message finished late stays with the step its seq was taken in', () => {
    const steps = stepsOfMessages({ 20000: 0, 20001: 4 }, 9, 30);
    expect(steps.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [1, 4],
      [5, 9],
    ]);
    const [first] = steps;
    if (!first) throw new Error('there is no first step');
    expect(countedAt(20_001 * dayMs + 5, first)).toBe(20_001 * dayMs - 1);
    expect(countedAt(20_000 * dayMs - 5, first)).toBe(20_000 * dayMs);
  });

  it('[RT1] the days of a group outlive a change of retention', () => {
    const steps = { 20440: 0, 20460: 7 };
    const now = 20_475 * dayMs;
    expect(retentionFloor(steps, 9, now, 30)).toBe(7);
    expect(retentionFloor(steps, 9, now, 60)).toBe(0);
    expect(retentionFloor(steps, 9, now, 7)).toBe(9);
  });

  it.each([
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [90, 3],
    [365, 13],
  ])('[RT1] of %i days goes in steps of %i', (retentionDays, step) => {
    expect(stepMs(retentionDays)).toBe(step * dayMs);
  });

  it('[RT1] without messages there is nothing to hide', () => {
    expect(retentionFloor({}, 0, start, 30)).toBe(0);
    expect(expiredSteps({}, start, 30)).toEqual([]);
  });
});
