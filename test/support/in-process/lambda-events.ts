import { splitRoute } from '@seenby/protocol/http-requests.ts';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { SocketEvent } from '../../../functions/handlers/socket-handler.ts';
import { routeOf } from './route-of.ts';

/** Who is at the far end of a connection, as the authorizer found out. */
export interface Upgraded {
  userId: string;
  /** When its token runs out, in epoch milliseconds. */
  tokenExpiresAt: number;
  /** When the connection was made. */
  connectedAt: number;
  /** Of the table that it was made with, where there is more than one. */
  epoch?: string | undefined;
}

/** What the handler of the WebSocket API is called with. */
export const socketEvent = (
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
  connectionId: string,
  { userId, tokenExpiresAt, connectedAt, epoch }: Upgraded,
  body?: string,
): SocketEvent =>
  ({
    requestContext: {
      ...{ eventType, connectionId, connectedAt, requestId: connectionId },
      authorizer: { userId, expiresAt: String(tokenExpiresAt), ...(epoch && { epoch }) },
    },
    ...(body !== undefined && { body }),
  }) as unknown as SocketEvent;

export interface HttpRequest {
  method: string;
  url: URL;
  body: string | undefined;
}

/** What the handler of the HTTP API is called with. */
export function httpEvent(token: string, { method, url, body }: HttpRequest) {
  const { route, path } = routeOf(method, url.pathname);
  const event = {
    routeKey: route,
    rawPath: url.pathname,
    headers: { authorization: `Bearer ${token}` },
    pathParameters: path,
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: { requestId: splitRoute(route).path },
    ...(body !== undefined && { body }),
  };
  return event as unknown as APIGatewayProxyEventV2;
}
