import type { Environment } from './environment.ts';
import { expiryOf } from './tokens.ts';

/** API Gateway ends a connection after two hours; before that it is replaced, not all at once. */
const renewAfterMs = 100 * 60_000;
const renewSpreadMs = 15 * 60_000;
const beforeExpiryMs = 60_000;
const minDelayMs = 30_000;

/** When a connection that was opened with this token has to be replaced by another one. */
export function renewalDelayMs(
  token: string,
  { now, random }: Pick<Environment, 'now' | 'random'>,
): number {
  const lifeMs = renewAfterMs + random() * renewSpreadMs;
  const leftMs = (expiryOf(token) ?? Infinity) - now();
  // A clock that is wrong here must not make us renew without end.
  const beforeEndMs = Math.max(minDelayMs, leftMs - beforeExpiryMs * (1 + random()));
  return Math.min(lifeMs, beforeEndMs);
}
