import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import type { Environment } from './environment.ts';
import type { SeenbyError } from './seenby-error.ts';
import type { WebSocketTransport } from './websocket-transport.ts';

const probeMs = 5000;

/**
 * A transport on which nothing arrives is dead, whatever its socket says. One on which other frames
 * arrive is slow: to leave it would give a busy service a new connection to make as well.
 */
export function probe(
  transport: WebSocketTransport,
  { now }: Pick<Environment, 'now'>,
  frame: ClientFrame = { type: 'ping' },
): void {
  const askedAt = now();
  transport.request(frame, probeMs).catch((error: SeenbyError) => {
    const isSilent = transport.lastReceivedAt < askedAt;
    if (error.code === 'TIMEOUT' && isSilent) transport.end(error);
  });
}
