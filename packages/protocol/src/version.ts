/** Version of the wire protocol; what is not compatible with it gets another one. */
export const protocolVersion = 1;

/** The WebSocket subprotocol that a client offers and the server selects. */
export const subprotocol = `seenby.v${protocolVersion}` as const;

/** A subprotocol that begins so carries the token; the server never selects it. */
export const bearerPrefix = 'bearer.';

/** What a client offers on the upgrade: the token is not in the address, which ends up in logs. */
export const subprotocolsWith = (token: string): string[] => [
  subprotocol,
  `${bearerPrefix}${token}`,
];
