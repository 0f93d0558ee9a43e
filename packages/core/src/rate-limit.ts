/** So many at once, and after that one in so many milliseconds. */
export interface Rate {
  burst: number;
  everyMs: number;
}

export type RateDecision =
  | { outcome: 'allowed'; nextActionAt: number }
  | { outcome: 'limited'; retryAfterMs: number };

/** How far ahead of now the schedule may run. */
export const windowOf = ({ burst, everyMs }: Rate): number => burst * everyMs;

/**
 * Clocks of machines differ by less. A schedule that runs further ahead than its window was written by one
 * that was wrong: whoever believed it would be locked out until the time that it had.
 */
export const maxClockGapMs = 10_000;

/** The latest that a schedule of this rate can be believed. */
export const latestOf = (rate: Rate, now: number): number => now + windowOf(rate) + maxClockGapMs;

/**
 * A generic cell rate algorithm: one time, when the next is on schedule, is the whole state. What
 * costs several takes the place of as many.
 */
export function takeFrom(rate: Rate, nextActionAt: number, now: number, cost = 1): RateDecision {
  const known = nextActionAt > latestOf(rate, now) ? now : nextActionAt;
  const next = Math.max(known, now) + cost * rate.everyMs;
  const tooEarlyMs = next - now - windowOf(rate);
  if (tooEarlyMs > 0) return { outcome: 'limited', retryAfterMs: Math.ceil(tooEarlyMs) };
  return { outcome: 'allowed', nextActionAt: Math.round(next) };
}

const actions: Rate = { burst: 100, everyMs: 600 };

/** What a member does in a group: a hundred actions may come at once, then one every 600 ms. */
export const takeAction = (nextActionAt: number, now: number): RateDecision =>
  takeFrom(actions, nextActionAt, now);
