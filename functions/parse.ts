import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { done, type Outcome, refuse } from './outcome.ts';

z.config(en());

/** Checks input at the edge: the value as its schema says, or a refusal that names what is wrong. */
export function parse<T>(schema: z.core.$ZodType<T>, input: unknown): Outcome<T> {
  const result = z.safeParse(schema, input);
  if (result.success) return done(result.data);
  const issues = result.error.issues;
  const tooMany = issues.some((issue) => issue.code === 'too_big' && issue.origin === 'array');
  return refuse(tooMany ? 'TOO_MANY' : 'BAD_REQUEST', issues.slice(0, 3).map(describe).join('; '));
}

const describe = ({ path, message }: z.core.$ZodIssue): string =>
  path.length > 0 ? `${path.join('.').slice(0, 100)}: ${message}` : message;
