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
 * A generic cell rate algorithm: one time, when the next is on schedule, is the whole state. What
 * costs several takes the place of as many.
 */
export function takeFrom(rate: Rate, nextActionAt: number, now: number, cost = 1): RateDecision {
  const next = Math.max(nextActionAt, now) + cost * rate.everyMs;
  const tooEarlyMs = next - now - windowOf(rate);
  if (tooEarlyMs > 0) return { outcome: 'limited', retryAfterMs: Math.ceil(tooEarlyMs) };
  return { outcome: 'allowed', nextActionAt: Math.round(next) };
}

const actions: Rate = { burst: 100, everyMs: 600 };

/** What a member does in a group: a hundred actions may come at once, then one every 600 ms. */
export const takeAction = (nextActionAt: number, now: number): RateDecision =>
  takeFrom(actions, nextActionAt, now);
