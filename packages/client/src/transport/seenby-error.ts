import type { ErrorCode } from '@seenby/protocol/errors.ts';

/**
 * A code of the service, or one of the client's own: OFFLINE (the service could not be reached),
 * TIMEOUT (it did not answer in time), CLOSED (the client was closed), NO_TOKEN (`getToken` failed).
 */
export type SeenbyErrorCode = ErrorCode | 'OFFLINE' | 'TIMEOUT' | 'CLOSED' | 'NO_TOKEN';

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

/** Codes that say that there is no token, or none that the service takes. */
export const tokenCodes = new Set<SeenbyErrorCode>(['NO_TOKEN', 'UNAUTHORIZED', 'TOKEN_EXPIRED']);

const passing = new Set<SeenbyErrorCode>([
  ...(['OFFLINE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL'] as const),
  ...tokenCodes,
]);

/** Whether asking again later may do; anything else fails the same way however often it is asked. */
export const isPassing = (error: SeenbyError): boolean => passing.has(error.code);

export const toSeenbyError = (cause: unknown): SeenbyError =>
  cause instanceof SeenbyError
    ? cause
    : new SeenbyError('OFFLINE', cause instanceof Error ? cause.message : String(cause), { cause });
