import {
  type HttpInput,
  type HttpRequestSchemas,
  type HttpRoute,
  httpRequests,
  nothingSchema,
  pathParametersOf,
  pathSchemas,
} from '@seenby/protocol/http-requests.ts';
import type * as z from 'zod/mini';
import { done, type Result, refuse } from '../../runtime/result.ts';
import { parse } from '../parse.ts';
import type { RawInput } from './http-context.ts';

/** Checks all that a request brings by the schemas of its route; the first thing wrong is named. */
export function parseRequest<R extends HttpRoute>(
  route: R,
  { path, query, body }: RawInput,
): Result<HttpInput<R>> {
  const schemas: HttpRequestSchemas = httpRequests[route];
  const parts = [
    ...pathParametersOf(route).map((name) => parseParameter(name, path[name])),
    parse(schemas.query ?? nothingSchema, query),
    // The body of a GET means nothing, whoever sent it.
    ...(route.startsWith('GET ') ? [] : [parseBody(schemas.body, body)]),
  ];
  const refused = parts.find((part) => !part.ok);
  if (refused) return refused;
  return done(Object.assign({}, ...parts.map((part) => part.ok && part.value)));
}

function parseParameter(name: keyof typeof pathSchemas, text: string | undefined): Result<object> {
  const parsed = parse<string | number>(pathSchemas[name], text);
  if (parsed.ok) return done({ [name]: parsed.value });
  return refuse('BAD_REQUEST', `${name}: ${parsed.problem.message}`);
}

/** More than any request needs: 5,000 ids of 128 characters are 655 KB. */
const maxBodyBytes = 1024 * 1024;

/** Nothing says as much as `{}`. */
function parseBody(schema: z.ZodMiniType | undefined, body: string | undefined): Result<unknown> {
  if (body !== undefined && Buffer.byteLength(body) > maxBodyBytes) {
    return refuse('TOO_MANY', 'A body has 1 MB at most.');
  }
  try {
    return parse(schema ?? nothingSchema, JSON.parse(body || '{}'));
  } catch {
    return refuse('BAD_REQUEST', 'The body is not JSON.');
  }
}
