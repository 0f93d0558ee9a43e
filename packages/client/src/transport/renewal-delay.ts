/** API Gateway ends a connection after two hours; before that it is replaced, not all at once. */
const renewAfterMs = 100 * 60_000;
const renewSpreadMs = 15 * 60_000;
const beforeExpiryMs = 60_000;
const minDelayMs = 30_000;

/** When a connection has to be replaced by another one whose token is good for so long. */
export function renewalDelayMs(leftMs: number, random: () => number): number {
  const lifeMs = renewAfterMs + random() * renewSpreadMs;
  // A token that is short-lived must not make us renew without end.
  const beforeEndMs = Math.max(minDelayMs, leftMs - beforeExpiryMs * (1 + random()));
  return Math.min(lifeMs, beforeEndMs);
}
