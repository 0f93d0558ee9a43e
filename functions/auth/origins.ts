import { headerOf } from '../runtime/header-of.ts';

/** Pages of other sites must not speak for their visitors; programs send no Origin. */
export function isAllowedOrigin(
  allowed: readonly string[],
  headers: Record<string, string | undefined> | null,
): boolean {
  const origin = headerOf(headers, 'origin');
  return origin === undefined || allowed.includes('*') || allowed.includes(origin);
}
