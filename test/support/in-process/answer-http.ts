import { statusOfCode } from '@seenby/protocol/errors.ts';
import { runRoute } from '../../../functions/api/http/http-routes.ts';
import { problemOf } from '../../../functions/api/problem-of.ts';
import { routeOf } from './route-of.ts';
import type { InProcessParts } from './wire-in-process.ts';

export interface HttpAnswer {
  status: number;
  body: object;
}

/** What the Lambda of the HTTP API does once it knows who asks. */
export async function answerHttp(
  { service, cursors, pusher }: InProcessParts,
  userId: string,
  { method, url, body }: { method: string; url: URL; body: string | undefined },
): Promise<HttpAnswer> {
  const { route, path } = routeOf(method, url.pathname);
  const query = Object.fromEntries(url.searchParams);
  const context = { service, cursors, caller: { userId } };
  const run = async () => {
    const outcome = await runRoute(route, context, { path, query, body });
    if (outcome.ok) await pusher.tell(outcome);
    return outcome;
  };
  const outcome = await run().catch((error: unknown) => ({
    ok: false as const,
    problem: problemOf(error, { route, requestId: '' }),
  }));
  if (!outcome.ok) {
    return { status: statusOfCode[outcome.problem.code], body: { error: outcome.problem } };
  }
  return outcome.value;
}
