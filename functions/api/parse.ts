import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { done, type Result, refuse } from '../runtime/result.ts';

z.config(en());

/** Checks input at the edge: the value as its schema says, or a refusal that names what is wrong. */
export function parse<T>(schema: z.core.$ZodType<T>, input: unknown): Result<T> {
  const result = z.safeParse(schema, input);
  if (result.success) return done(result.data);
  const issues = result.error.issues;
  const tooMany = issues.some((issue) => issue.code === 'too_big' && issue.origin === 'array');
  return refuse(tooMany ? 'TOO_MANY' : 'BAD_REQUEST', issues.slice(0, 3).map(describe).join('; '));
}

/** Each issue is cut by itself, so that a key of any length hides no other one. */
const describe = ({ path, message }: z.core.$ZodIssue): string => {
  const what = message.slice(0, maxIssueLength);
  return path.length > 0 ? `${path.join('.').slice(0, 100)}: ${what}` : what;
};

const maxIssueLength = 200;
