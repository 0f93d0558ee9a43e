import type { IncomingMessage } from 'node:http';
import type { ApiDefinition } from '../definition/api-definition.ts';
import { formatRequestTime } from '../request-time.ts';
import { headerOf, joinedValues, readHeaders, readQuery, sourceIpOf } from '../request-values.ts';
import { createOpaqueId } from '../sockets/opaque-id.ts';

export interface HttpEventInput {
  api: ApiDefinition;
  request: IncomingMessage;
  url: URL;
  routeKey: string;
  pathParameters: Record<string, string>;
  nowMs: number;
}

export type HttpEvent = ReturnType<typeof createHttpEvent>;

/** The payload format 2.0 event, without the body. */
export function createHttpEvent({ api, request, url, ...input }: HttpEventInput) {
  const headers = readHeaders(request);
  const query = readQuery(url);
  const cookies = headerOf(headers, 'cookie')?.split(/;\s*/);
  return {
    version: '2.0',
    routeKey: input.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies && { cookies }),
    headers: withoutCookie(joinedLowerCase(headers)),
    ...(query.size > 0 && { queryStringParameters: joinedValues(query) }),
    ...(Object.keys(input.pathParameters).length > 0 && { pathParameters: input.pathParameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
    requestContext: requestContext(api, request, url, input),
  };
}

function requestContext(
  api: ApiDefinition,
  request: IncomingMessage,
  url: URL,
  { routeKey, nowMs }: Pick<HttpEventInput, 'routeKey' | 'nowMs'>,
) {
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    domainName: api.domainName,
    domainPrefix: api.apiId,
    http: {
      method: request.method ?? 'GET',
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIpOf(request),
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: createOpaqueId(),
    routeKey,
    stage: api.stage,
    time: formatRequestTime(nowMs),
    timeEpoch: nowMs,
  };
}

/** How the body travels: text types as they are, everything else in base64. */
export function bodyFields(body: Buffer, contentType: string | undefined) {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(json|xml|javascript)\b|[^;]+\+(json|xml)\b)/i.test(
    contentType ?? '',
  );
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

function joinedLowerCase(headers: ReturnType<typeof readHeaders>): Map<string, string> {
  const joined = new Map<string, string>();
  for (const [name, values] of headers) {
    const key = name.toLowerCase();
    const known = joined.get(key);
    joined.set(key, [...(known === undefined ? [] : [known]), ...values].join(','));
  }
  return joined;
}

function withoutCookie(headers: Map<string, string>): Record<string, string> {
  headers.delete('cookie');
  return Object.fromEntries(headers);
}
