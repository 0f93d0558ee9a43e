import type * as z from 'zod/mini';
import { nothingSchema, pathSchemas } from '../../protocol/http-requests.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { HttpContext } from './http-context.ts';

type Input = Pick<HttpContext, 'body' | 'query'>;

/** A route that takes a body takes no query. */
export function bodyOf<T>(schema: z.core.$ZodType<T>, { body, query }: Input): Outcome<T> {
  const strays = parse(nothingSchema, query);
  if (!strays.ok) return strays;
  try {
    return parse(schema, JSON.parse(body ?? ''));
  } catch {
    return refuse('BAD_REQUEST', 'The body is not JSON.');
  }
}

export const queryOf = <T>(schema: z.core.$ZodType<T>, { query }: HttpContext): Outcome<T> =>
  parse(schema, query);

/** For a route that takes neither; `{}` says nothing either. */
export const nothingOf = ({ body, query }: Input): Outcome<object> =>
  bodyOf(nothingSchema, { body: body || '{}', query });

const named = <T>(name: string, value: Outcome<T>): Outcome<T> =>
  value.ok ? value : refuse('BAD_REQUEST', `${name}: ${value.problem.message}`);

export const groupIdOf = ({ path }: HttpContext): Outcome<string> =>
  named('groupId', parse(pathSchemas.groupId, path.groupId));

export const userIdOf = ({ path }: HttpContext): Outcome<string> =>
  named('userId', parse(pathSchemas.userId, path.userId));

export const seqOf = ({ path }: HttpContext): Outcome<number> =>
  named('seq', parse(pathSchemas.seq, path.seq));

/** The first refusal of several inputs, or all their values. */
export function all<T extends unknown[]>(
  ...outcomes: { [I in keyof T]: Outcome<T[I]> }
): Outcome<T> {
  const refused = outcomes.find((outcome) => !outcome.ok);
  if (refused && !refused.ok) return refused;
  const values = outcomes.map((outcome) => (outcome as { value: unknown }).value) as T;
  return { ok: true, value: values, pushes: [] };
}
