import type { IncomingMessage } from 'node:http';
import type { CorsConfiguration } from '../definition/api-definition.ts';

/** A preflight is answered by the API itself, whatever its routes. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/** The headers of a 204 to a preflight; none for an origin that is not allowed. */
export function preflightHeaders(cors: CorsConfiguration, origin: string): Record<string, string> {
  const shared = sharedHeaders(cors, origin);
  if (!shared) return {};
  return {
    ...shared,
    ...list('access-control-allow-methods', cors.AllowMethods),
    ...list('access-control-allow-headers', cors.AllowHeaders),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

/** The headers added to every other response to that origin; an empty one was not sent. */
export function corsHeaders(cors: CorsConfiguration, origin: string): Record<string, string> {
  const shared = sharedHeaders(cors, origin);
  return shared ? { ...shared, ...list('access-control-expose-headers', cors.ExposeHeaders) } : {};
}

function sharedHeaders(cors: CorsConfiguration, origin: string) {
  if (origin === '') return undefined;
  const allowed = cors.AllowOrigins ?? [];
  const isAllowed = allowed.some(
    (pattern) =>
      pattern === origin || (pattern.endsWith('*') && origin.startsWith(pattern.slice(0, -1))),
  );
  if (!isAllowed) return undefined;
  return {
    'access-control-allow-origin': allowed.includes('*') ? '*' : origin,
    ...(!allowed.includes('*') && { vary: 'origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
  };
}

function list(name: string, values: string[] | undefined): Record<string, string> {
  return values?.length ? { [name]: values.join(',') } : {};
}
