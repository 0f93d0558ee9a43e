import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorize } from '../../permissions/permissions.ts';
import { readBody } from '../read-body.ts';
import { respondJson } from '../respond.ts';
import type { Connection } from './connection.ts';
import { createOpaqueId } from './opaque-id.ts';

/** Asked before a post: whether the account's or the connection's rate allows it. */
export type PostLimiter = (connectionId: string) => boolean;

/**
 * What may become of a post: 429; 500, delivered or not; or no answer at all, until the caller
 * gives up.
 */
export type PostFault = 'limited' | 'failed' | 'answerLost' | 'hung';

/** Asked before a post; undefined lets it be. */
export type DisturbPost = () => PostFault | undefined;

interface Dependencies {
  stage: string;
  /** What stands before the stage in the ARN of a connection. */
  apiArn: string;
  /** Whether the caller's role allows it. */
  authorize: Authorize;
  find(connectionId: string): Connection | undefined;
  maxMessageBytes: number;
  limitPost: PostLimiter;
  disturbPost: DisturbPost;
  /** Told of every post that went to its connection. */
  sent(): void;
}

// The SDK makes its exceptions from the `x-amzn-errortype` header.
const failures = {
  badRequest: [400, 'BadRequestException', 'Invalid connectionId'],
  forbidden: [403, 'ForbiddenException', 'Forbidden'],
  gone: [410, 'GoneException', 'Gone'],
  tooLarge: [413, 'PayloadTooLargeException', 'Payload too large'],
  limited: [429, 'LimitExceededException', 'Rate exceeded'],
  failed: [500, 'InternalServerException', 'Internal server error'],
} as const;

/** `POST`, `GET` and `DELETE /<stage>/@connections/{id}`. Who signed is asked, the signature is not checked. */
export async function handleManagementRequest(
  request: IncomingMessage,
  response: ServerResponse,
  dependencies: Dependencies,
): Promise<void> {
  const id = connectionIdOf(request, dependencies.stage);
  if (id === undefined) {
    return respondJson(response, 426, { message: 'Upgrade Required' }, { upgrade: 'websocket' });
  }
  const refusal = refusalOf(request, id, dependencies);
  if (refusal !== undefined) {
    const headers = { 'x-amzn-errortype': 'AccessDeniedException' };
    return respondJson(response, 403, { Message: refusal }, headers);
  }
  if (!/^[\w-]{4,127}=$/.test(id)) return fail(response, 'badRequest');
  switch (request.method) {
    case 'POST':
      return post(request, response, id, dependencies);
    case 'GET':
      return describe(response, dependencies.find(id));
    case 'DELETE':
      return remove(response, dependencies.find(id));
    default:
      return fail(response, 'forbidden');
  }
}

function refusalOf(
  { headers, method }: IncomingMessage,
  id: string,
  { apiArn, stage, authorize }: Dependencies,
): string | undefined {
  return authorize(headers.authorization, {
    action: 'execute-api:ManageConnections',
    resource: `${apiArn}/${stage}/${method}/@connections/${id}`,
  });
}

async function post(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  { find, maxMessageBytes, limitPost, disturbPost, sent: countSent }: Dependencies,
): Promise<void> {
  const body = await readBody(request, maxMessageBytes);
  if (body === 'tooLarge') return fail(response, 'tooLarge');
  if (!limitPost(id)) return fail(response, 'limited');
  const fault = disturbPost();
  if (fault === 'hung') return;
  if (fault === 'limited' || fault === 'failed') return fail(response, fault);
  const sent = (await find(id)?.send(body)) ?? 'gone';
  if (sent === 'gone') return fail(response, 'gone');
  // A client that does not read is reported as throttling too.
  if (sent === 'full') return fail(response, 'limited');
  countSent();
  if (fault === 'answerLost') return fail(response, 'failed');
  response.writeHead(200).end();
}

function describe(response: ServerResponse, connection: Connection | undefined): void {
  if (!connection?.isOpen) {
    fail(response, 'gone');
    return;
  }
  const { connectedAtMs, sourceIp, userAgent } = connection.peer;
  respondJson(response, 200, {
    connectedAt: new Date(connectedAtMs).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(connection.lastActiveAtMs).toISOString(),
  });
}

function remove(response: ServerResponse, connection: Connection | undefined): void {
  if (connection?.isOpen) {
    connection.close(1000);
    response.writeHead(204).end();
  } else fail(response, 'gone');
}

function fail(response: ServerResponse, kind: keyof typeof failures): void {
  const [statusCode, errorType, message] = failures[kind];
  const requestId = createOpaqueId();
  respondJson(response, statusCode, { message, requestId }, { 'x-amzn-errortype': errorType });
}

function connectionIdOf(request: IncomingMessage, stage: string): string | undefined {
  // Not parsed as a URL: of all that the gateway does, this is done most often.
  const [path = ''] = (request.url ?? '').split('?', 1);
  const [, before, id = ''] = /^(.*)\/(?:@|%40)connections\/([^/]+)$/.exec(path) ?? [];
  if (before !== `/${stage}`) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
