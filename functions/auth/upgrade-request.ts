import { bearerPrefix, subprotocol } from '@seenby/protocol/version.ts';
import { headerOf } from '../runtime/header-of.ts';

interface UpgradeRequest {
  headers: Record<string, string | undefined> | null;
  queryStringParameters?: Record<string, string | undefined> | null;
}

const protocolsOf = ({ headers }: UpgradeRequest): string[] =>
  (headerOf(headers, 'sec-websocket-protocol') ?? '').split(',').map((text) => text.trim());

/** Browsers cannot set headers on an upgrade: the token is a query parameter or a subprotocol. */
export function tokenOf(request: UpgradeRequest): string | undefined {
  const bearer = protocolsOf(request).find((protocol) => protocol.startsWith(bearerPrefix));
  return bearer?.slice(bearerPrefix.length) ?? request.queryStringParameters?.token;
}

export const offersSubprotocol = (request: UpgradeRequest): boolean =>
  protocolsOf(request).includes(subprotocol);
