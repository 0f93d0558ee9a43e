import { type Problem, statusOfCode } from '@seenby/protocol/errors.ts';
import { actAsHeader, type HttpRoute } from '@seenby/protocol/http-requests.ts';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { RawInput } from '../api/http/http-context.ts';
import { runRoute } from '../api/http/http-routes.ts';
import type { Answer } from '../api/http/route.ts';
import { problemOf } from '../api/problem-of.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import { callerOf } from '../auth/caller-of.ts';
import type { ResultWithPushes } from '../push/recipients/push.ts';
import type { AnswerParts } from './parts.ts';

export interface HttpParts extends AnswerParts {
  authenticate: Authenticate;
}

/** Every HTTP request. */
export function httpHandler(parts: HttpParts) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const outcome = await answer(parts, event);
    if (!outcome.ok) return refusal(outcome.problem);
    parts.usage.addRequest(event.routeKey, event.requestContext.timeEpoch);
    return respond(outcome.value.status, outcome.value.body);
  };
}

/** Whatever follows from the answer has been pushed by then. */
async function answer(
  parts: HttpParts,
  event: APIGatewayProxyEventV2,
): Promise<ResultWithPushes<Answer>> {
  try {
    const outcome = await run(parts, event);
    if (outcome.ok) await parts.pusher.tell(outcome);
    return outcome;
  } catch (error) {
    const { requestId } = event.requestContext;
    return { ok: false, problem: problemOf(error, { route: event.routeKey, requestId }) };
  }
}

async function run(
  { service, cursors, authenticate }: HttpParts,
  event: APIGatewayProxyEventV2,
): Promise<ResultWithPushes<Answer>> {
  const route = event.routeKey as HttpRoute;
  const authentication = await authenticate(bearerOf(event));
  const caller = callerOf(authentication, event.headers[actAsHeader], route);
  if (!caller.ok) return caller;
  return runRoute(route, { service, cursors, caller: caller.value }, inputOf(event));
}

const bearerOf = ({ headers }: APIGatewayProxyEventV2): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];

function inputOf(event: APIGatewayProxyEventV2): RawInput {
  const { body, isBase64Encoded } = event;
  return {
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
