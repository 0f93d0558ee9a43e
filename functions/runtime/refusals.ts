import { type Refusal, refuse } from './result.ts';

/** One answer for what does not exist and for what is none of the caller's business. */
export const notFound = (): Refusal => refuse('NOT_FOUND', 'No such group or message.');

export const rateLimited = (retryAfterMs: number): Refusal =>
  refuse('RATE_LIMITED', 'Over 100 actions a minute in this group.', retryAfterMs);

export const tooManyMembers = (): Refusal =>
  refuse('TOO_MANY', 'A group has 5,000 members at most.');

export const tooManyGaps = (): Refusal =>
  refuse('TOO_MANY', 'Too many gaps between the messages read. Mark up to a position first.');

export const overBudget = (retryAfterMs: number): Refusal =>
  refuse('RATE_LIMITED', 'Too many of these calls.', retryAfterMs);

export const beyondLast = (lastSeq: number): Refusal =>
  refuse('BAD_REQUEST', `seq is beyond the last message, ${lastSeq}.`);

export const directIsForGood = (): Refusal =>
  refuse('BAD_REQUEST', 'A direct chat has two members for good.');

/** A member whose role does not reach. */
export const notAllowed = (what: string): Refusal =>
  refuse('FORBIDDEN', `Your role does not allow you to ${what}.`);

export const receiptsHidden = (): Refusal =>
  refuse('FORBIDDEN', 'This group does not show you who has read its messages.');
