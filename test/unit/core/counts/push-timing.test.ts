import { maxStaleness, nextPush } from '@seenby/core/counts/push-timing.ts';
import { describe, expect, it } from 'vitest';

const now = 1_000_000;
const usual = {
  ...{ now, pushedAt: now - 100, dueAt: undefined, ageMs: 60_000 },
  ...{ watchers: 500, windowMs: 1000, isSendOnly: false },
};

describe('[PU3] counts may be out of date', () => {
  it.each([
    [0, 500, 1000],
    [2000, 500, 1000],
    [60_000, 500, 30_000],
    [3_600_000, 500, 300_000],
    [3_600_000, 21, 300_000],
    [3_600_000, 20, 1000],
  ])('of a message %i ms old with %i watching, for %i ms', (ageMs, watchers, staleMs) => {
    expect(maxStaleness({ ageMs, watchers, windowMs: 1000 })).toBe(staleMs);
  });
});

describe('[PU3] a push comes', () => {
  it('at once after a quiet time', () => {
    expect(nextPush({ ...usual, pushedAt: now - 29_750 })).toBe('now');
    expect(nextPush({ ...usual, pushedAt: now - 29_749 })).not.toBe('now');
    expect(nextPush({ ...usual, pushedAt: 0 })).toBe('now');
  });

  it('in whole seconds otherwise, before the counts are out of date for too long', () => {
    expect(nextPush(usual)).toEqual({ delaySeconds: 29, dueAt: now + 29_000 });
    expect(nextPush({ ...usual, ageMs: 4000 })).toEqual({ delaySeconds: 1, dueAt: now + 1000 });
    expect(nextPush({ ...usual, ageMs: 0 })).toEqual({ delaySeconds: 1, dueAt: now + 1000 });
  });

  it('with one that is due before', () => {
    expect(nextPush({ ...usual, dueAt: now + 500 })).toMatchObject({ dueAt: now + 500 });
    expect(nextPush({ ...usual, dueAt: now + 50_000 })).toMatchObject({ dueAt: now + 29_000 });
  });

  it('at once where one is overdue, and where no window is set', () => {
    expect(nextPush({ ...usual, dueAt: now - 1999 })).toMatchObject({ dueAt: now - 1999 });
    expect(nextPush({ ...usual, dueAt: now - 2000 })).toBe('now');
    expect(nextPush({ ...usual, ageMs: 0, windowMs: 0 })).toBe('now');
  });

  it('later where a message was only sent', () => {
    const sent = { ...usual, pushedAt: 0, ageMs: 0, isSendOnly: true };
    expect(nextPush(sent)).toEqual({ delaySeconds: 1, dueAt: now + 1000 });
  });
});
