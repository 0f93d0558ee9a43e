import { SeenbyError } from '@seenby/client';
import type { Texts } from '../en.ts';
import { waitingTime } from '../times.ts';
import { codeOf } from './code-of.ts';
import type { Doing } from './problem-texts.ts';

/**
 * What went wrong, for people: none of the service's words, ids or codes are in it. A cause that is no
 * `SeenbyError` is a fault of the page.
 */
export function problemText({ problems, locale }: Texts, cause: unknown, doing?: Doing): string {
  if (!(cause instanceof SeenbyError)) return problems.unexpected;
  const { retryAfterMs } = cause;
  const code = codeOf(cause);
  if (code === 'RATE_LIMITED') {
    return problems.tooOften(
      retryAfterMs === undefined ? undefined : waitingTime(retryAfterMs, locale),
    );
  }
  const said = doing && problems.while[doing][code];
  // A newer service may know a code that this page does not.
  return said ?? problems.any[code] ?? problems.any.INTERNAL;
}
