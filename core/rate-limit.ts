const actionsPerMinute = 100;
const intervalMs = 60_000 / actionsPerMinute;

export type RateDecision =
  | { outcome: 'allowed'; nextActionAt: number }
  | { outcome: 'limited'; retryAfterMs: number };

/**
 * A generic cell rate algorithm: one time is the whole state. A hundred actions may come at once,
 * after that one every 600 ms.
 */
export function takeAction(nextActionAt: number, now: number): RateDecision {
  const next = Math.max(nextActionAt, now) + intervalMs;
  const tooEarlyMs = next - now - 60_000;
  if (tooEarlyMs > 0) return { outcome: 'limited', retryAfterMs: Math.ceil(tooEarlyMs) };
  return { outcome: 'allowed', nextActionAt: Math.round(next) };
}
