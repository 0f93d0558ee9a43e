import { type Refusal, refuse } from '../outcome.ts';

/** A member whose role does not reach. */
export const notAllowed = (what: string): Refusal =>
  refuse('FORBIDDEN', `Your role does not allow you to ${what}.`);
