export type ErrorCode =
  | 'BAD_REQUEST'
  | 'BAD_CURSOR'
  | 'UNAUTHORIZED'
  | 'TOKEN_EXPIRED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TOO_MANY'
  | 'RATE_LIMITED'
  | 'INTERNAL';

/** The HTTP status with which each code travels. */
export const statusOfCode = {
  BAD_REQUEST: 400,
  BAD_CURSOR: 400,
  UNAUTHORIZED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_MANY: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>;

/** What a caller is told. `retryAfterMs` goes with RATE_LIMITED. */
export interface Problem {
  code: ErrorCode;
  message: string;
  retryAfterMs?: number;
}

/** The body of every HTTP answer that is no success. */
export interface ErrorAnswer {
  error: Problem;
}
