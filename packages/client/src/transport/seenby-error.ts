import type { ErrorCode, Problem } from '@seenby/protocol/errors.ts';

/**
 * A code of the service, or one of the client's own: OFFLINE (the service could not be reached),
 * TIMEOUT (it did not answer in time), CLOSED (the client was closed), NO_TOKEN (`getToken` failed),
 * TOO_OLD (a message has waited for more than a day).
 */
export type SeenbyErrorCode = ErrorCode | 'OFFLINE' | 'TIMEOUT' | 'CLOSED' | 'NO_TOKEN' | 'TOO_OLD';

/** Why the service did not do what was asked. */
export class SeenbyError extends Error {
  override readonly name = 'SeenbyError';
  readonly code: SeenbyErrorCode;
  /** How long to wait before asking again; given with RATE_LIMITED. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: SeenbyErrorCode,
    message: string,
    options: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What a frame or an answer says went wrong. */
export const errorOf = (problem: Problem): SeenbyError =>
  new SeenbyError(problem.code, problem.message, problem);

/** Codes that say that there is no token, or none that the service takes. */
export const tokenCodes = new Set<SeenbyErrorCode>(['NO_TOKEN', 'UNAUTHORIZED', 'TOKEN_EXPIRED']);

const passing = new Set<SeenbyErrorCode>([
  ...(['OFFLINE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL'] as const),
  ...tokenCodes,
]);

/** Whether asking again later may do; anything else fails the same way however often it is asked. */
export const isPassing = ({ code }: { code: SeenbyErrorCode }): boolean => passing.has(code);

/** Whether the user may not see it, or is not in the group. */
export const isHidden = ({ code }: SeenbyError): boolean =>
  code === 'FORBIDDEN' || code === 'NOT_FOUND';

/** How long to wait before asking again; undefined when that is of no use. */
export const pauseAfter = (error: SeenbyError, usualMs = 2000): number | undefined =>
  isPassing(error) ? (error.retryAfterMs ?? usualMs) : undefined;

export const toSeenbyError = (cause: unknown): SeenbyError =>
  cause instanceof SeenbyError ? cause : new SeenbyError('OFFLINE', String(cause), { cause });
