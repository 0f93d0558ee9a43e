import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Problem, statusOfCode } from '../protocol/errors.ts';
import type { HttpRoute } from '../protocol/routes.ts';
import { wireAuthenticate } from './authenticate.ts';
import type { HttpContext } from './http/http-context.ts';
import { httpHandlers } from './http/http-routes.ts';
import type { Answer } from './http/route.ts';
import { logFault } from './log.ts';
import { notFound, type Outcome, refuse } from './outcome.ts';
import { problemOf } from './problem-of.ts';
import { wire } from './wiring.ts';

const { service, deliverer, cursors } = wire();
const authenticate = wireAuthenticate();

/** Every HTTP request. */
export async function handler(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const outcome = await answer(event);
  if (!outcome.ok) return refusal(outcome.problem);
  await deliverer.deliver(outcome.pushes);
  return respond(outcome.value.status ?? 200, outcome.value.body);
}

async function answer(event: APIGatewayProxyEventV2): Promise<Outcome<Answer>> {
  try {
    const authentication = await authenticate(bearerOf(event));
    if (authentication.outcome === 'expired') {
      return refuse('TOKEN_EXPIRED', 'The token has expired.');
    }
    if (authentication.outcome === 'refused') {
      return refuse('UNAUTHORIZED', 'No valid token.');
    }
    const run = httpHandlers[event.routeKey as HttpRoute];
    return run ? await run(contextOf(event, authentication.identity)) : notFound();
  } catch (error) {
    const { requestId } = event.requestContext;
    logFault('request failed', error, { route: event.routeKey, requestId });
    return { ok: false, problem: problemOf(error, requestId) };
  }
}

const bearerOf = ({ headers }: APIGatewayProxyEventV2): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];

function contextOf(
  event: APIGatewayProxyEventV2,
  { userId, name }: { userId: string; name?: string },
): HttpContext {
  const { body, isBase64Encoded } = event;
  return {
    service,
    cursors,
    caller: { userId, name },
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    body: body && isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
  };
}

const refusal = ({ code, message, retryAfterMs }: Problem) => ({
  ...respond(statusOfCode[code], {
    error: { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  }),
});

const respond = (statusCode: number, body: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
