import type { ErrorCode, Problem } from '@seenby/protocol/errors.ts';

/** A value, or why there is none. Both are expected; faults are thrown. */
export type Result<T> = { ok: true; value: T } | Refusal;

export interface Refusal {
  ok: false;
  problem: Problem;
}

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

/** Messages may name what a caller sent, which may be of any length. */
export const maxMessageLength = 500;

export const refuse = (code: ErrorCode, message: string, retryAfterMs?: number): Refusal => ({
  ok: false,
  problem: {
    code,
    message: message.slice(0, maxMessageLength),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  },
});
