import type { ApiDefinition } from '../definition/api-definition.ts';
import { formatRequestTime } from '../request-time.ts';
import { allValues, lastValues, type MultiValues } from '../request-values.ts';
import { createOpaqueId } from './opaque-id.ts';

/** What every event of one connection says about it. */
export interface SocketPeer {
  connectionId: string;
  connectedAtMs: number;
  sourceIp: string;
  userAgent: string | undefined;
  /** The authorizer's context as the integrations see it. */
  authorizer?: Record<string, unknown>;
}

export interface Handshake {
  headers: MultiValues;
  query: MultiValues;
}

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** The event of `$connect`, the only one that carries headers and query parameters. */
export function connectEvent(
  api: ApiDefinition,
  peer: SocketPeer,
  handshake: Handshake,
  nowMs: number,
) {
  return {
    ...handshakeFields(api, handshake),
    requestContext: requestContext(api, peer, '$connect', 'CONNECT', nowMs),
    isBase64Encoded: false,
  };
}

/** The event a REQUEST authorizer gets before `$connect`. */
export function authorizerEvent(
  api: ApiDefinition,
  peer: SocketPeer,
  handshake: Handshake,
  nowMs: number,
) {
  return {
    type: 'REQUEST',
    methodArn: connectArn(api),
    ...handshakeFields(api, handshake),
    requestContext: requestContext(api, peer, '$connect', 'CONNECT', nowMs),
  };
}

export function messageEvent(
  api: ApiDefinition,
  peer: SocketPeer,
  routeKey: string,
  body: string,
  nowMs: number,
) {
  const context = requestContext(api, peer, routeKey, 'MESSAGE', nowMs);
  return {
    requestContext: { ...context, messageId: createOpaqueId() },
    ...stageVariables(api),
    body,
    isBase64Encoded: false,
  };
}

export function disconnectEvent(
  api: ApiDefinition,
  peer: SocketPeer,
  close: { code: number; reason: string },
  nowMs: number,
) {
  return {
    requestContext: {
      ...requestContext(api, peer, '$disconnect', 'DISCONNECT', nowMs),
      disconnectStatusCode: close.code,
      disconnectReason: close.reason,
    },
    ...stageVariables(api),
    isBase64Encoded: false,
  };
}

export function connectArn(api: ApiDefinition): string {
  return `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}/${api.stage}/$connect`;
}

function handshakeFields(api: ApiDefinition, { headers, query }: Handshake) {
  const queryFields = query.size > 0 && {
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: allValues(query),
  };
  return {
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    ...queryFields,
    ...stageVariables(api),
  };
}

function stageVariables(api: ApiDefinition) {
  return api.stageVariables && { stageVariables: api.stageVariables };
}

function requestContext(
  api: ApiDefinition,
  peer: SocketPeer,
  routeKey: string,
  eventType: EventType,
  nowMs: number,
) {
  const requestId = createOpaqueId();
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: formatRequestTime(nowMs),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt: peer.connectedAtMs,
    requestTimeEpoch: nowMs,
    identity: { sourceIp: peer.sourceIp, ...(peer.userAgent && { userAgent: peer.userAgent }) },
    requestId,
    domainName: api.domainName,
    connectionId: peer.connectionId,
    apiId: api.apiId,
    ...(peer.authorizer && { authorizer: peer.authorizer }),
  };
}
