import type { ErrorCode, Problem } from '../protocol/errors.ts';
import type { Push } from './push/push.ts';

/** What a use case answers: a value and whom to tell, or why not. Faults are thrown instead. */
export type Outcome<T> = { ok: true; value: T; pushes: Push[] } | Refusal;

export interface Refusal {
  ok: false;
  problem: Problem;
}

export const done = <T>(value: T, pushes: Push[] = []): Outcome<T> => ({ ok: true, value, pushes });

export const refuse = (code: ErrorCode, message: string, retryAfterMs?: number): Refusal => ({
  ok: false,
  problem: { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) },
});

/** One answer for what does not exist and for what is none of the caller's business. */
export const notFound = (): Refusal => refuse('NOT_FOUND', 'No such group or message.');

export const rateLimited = (retryAfterMs: number): Refusal =>
  refuse('RATE_LIMITED', 'Over 100 actions a minute in this group.', retryAfterMs);

export const beyondLast = (lastSeq: number): Refusal =>
  refuse('BAD_REQUEST', `seq is beyond the last message, ${lastSeq}.`);
