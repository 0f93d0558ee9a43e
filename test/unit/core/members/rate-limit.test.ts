import { dayMs } from '@seenby/core/day.ts';
import { maxClockGapMs, takeAction, windowOf } from '@seenby/core/rate-limit.ts';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../support/properties.ts';

const start = Date.UTC(2026, 0, 1);

/** How many of `wanted` actions at one moment are allowed, and the state they leave. */
function takeMany(nextActionAt: number, now: number, wanted: number) {
  let state = nextActionAt;
  for (let allowed = 0; allowed < wanted; allowed++) {
    const decision = takeAction(state, now);
    if (decision.outcome === 'limited') return { allowed, state, ...decision };
    state = decision.nextActionAt;
  }
  return { allowed: wanted, state, retryAfterMs: 0 };
}

const waits = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 1500 }), fc.nat({ max: 90_000 })), {
  minLength: 1,
  maxLength: 400,
});

describe('the rate limit', () => {
  it('[SE3] allows a hundred actions at once and says when the next may come', () => {
    const burst = takeMany(0, start, 1000);
    expect(burst).toMatchObject({ allowed: 100, retryAfterMs: 600 });
  });

  it('[SE3] allows one every 600 ms after that, and not a millisecond sooner', () => {
    let { state } = takeMany(0, start, 100);
    for (let i = 1; i <= 150; i++) {
      const due = start + 600 * i;
      expect(takeAction(state, due - 1)).toEqual({ outcome: 'limited', retryAfterMs: 1 });
      const decision = takeAction(state, due);
      if (decision.outcome === 'limited') throw new Error('The action came on schedule.');
      state = decision.nextActionAt;
    }
  });

  it('[SE3] is as new after a minute of quiet, and not sooner', () => {
    const { state } = takeMany(0, start, 100);
    expect(takeMany(state, start + 60_000, 1000).allowed).toBe(100);
    expect(takeMany(state, start + 59_999, 1000).allowed).toBe(99);
    expect(takeMany(state, start + dayMs, 1000).allowed).toBe(100);
  });

  it('[SE3] the time it asks to wait is exact and above zero, whatever came before', () => {
    fc.assert(
      fc.property(waits, (pauses) => {
        let state = 0;
        let now = start;
        for (const pause of pauses) {
          now += pause;
          const decision = takeAction(state, now);
          if (decision.outcome === 'allowed') {
            expect(decision.nextActionAt).toBeGreaterThan(state);
            state = decision.nextActionAt;
            continue;
          }
          const { retryAfterMs } = decision;
          expect(retryAfterMs).toBeGreaterThan(0);
          expect(takeAction(state, now + retryAfterMs).outcome).toBe('allowed');
          expect(takeAction(state, now + retryAfterMs - 1).outcome).toBe('limited');
        }
      }),
    );
  });

  it('[SE3] no stretch of time holds more than a hundred and one per 600 ms of it', () => {
    fc.assert(
      fc.property(waits, (pauses) => {
        const allowedAt: number[] = [];
        let state = 0;
        let now = start;
        for (const pause of pauses) {
          now += pause % 300;
          const decision = takeAction(state, now);
          if (decision.outcome === 'limited') continue;
          allowedAt.push(now);
          state = decision.nextActionAt;
        }
        for (let i = 0; i < allowedAt.length; i += 7) {
          const from = allowedAt[i] ?? 0;
          for (const [more, at] of allowedAt.slice(i).entries()) {
            if (more + 1 > 100 + (at - from) / 600)
              throw new Error(`${more + 1} in ${at - from} ms`);
          }
        }
      }),
    );
  });

  it('[SE3] a clock that stepped back costs nothing but the wait', () => {
    const first = takeAction(0, start);
    if (first.outcome === 'limited') throw new Error('The first action was limited.');
    expect(takeAction(first.nextActionAt, start - 5000).outcome).toBe('allowed');
    const { state } = takeMany(0, start, 100);
    expect(takeAction(state, start - 5000)).toEqual({ outcome: 'limited', retryAfterMs: 5600 });
  });
});

describe('a schedule that a clock wrote which was wrong', () => {
  const hour = 3_600_000;

  it('locks nobody out', () => {
    expect(takeAction(start + hour, start)).toEqual({
      outcome: 'allowed',
      nextActionAt: start + 600,
    });
  });

  it('is believed while clocks may differ by as much', () => {
    const used = start + windowOf({ burst: 100, everyMs: 600 });
    expect(takeAction(used, start - maxClockGapMs).outcome).toBe('limited');
    expect(takeAction(used, start - maxClockGapMs - 1).outcome).toBe('allowed');
  });
});
