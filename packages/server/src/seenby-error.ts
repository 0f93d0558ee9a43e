import type { ErrorCode, Problem } from '@seenby/protocol/errors.ts';

/**
 * A code of the service, or one of this package's own: OFFLINE (the service could not be reached, or did not answer
 * in time), NO_TOKEN (there was no token to ask with).
 */
export type SeenbyErrorCode = ErrorCode | 'OFFLINE' | 'NO_TOKEN';

/** Why the service did not do what was asked, after everything that may pass was tried again. */
export class SeenbyError extends Error {
  override readonly name = 'SeenbyError';
  readonly code: SeenbyErrorCode;

  constructor(code: SeenbyErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

export const errorOf = ({ code, message }: Problem): SeenbyError => new SeenbyError(code, message);
