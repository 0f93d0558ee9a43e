import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { WireClient } from './wire-client.ts';

export interface Upgrade {
  url: string;
  protocols?: string[];
  /** As browsers say whose page it is; programs say nothing. */
  origin?: string;
}

export type UpgradeOutcome =
  | { outcome: 'opened'; client: WireClient; headers: IncomingMessage['headers'] }
  | { outcome: 'refused'; status: number };

/** Asks for a WebSocket; rejects only when there is no HTTP answer at all. */
export function upgrade({ url, protocols = [], origin }: Upgrade): Promise<UpgradeOutcome> {
  const socket = new WebSocket(url, protocols, { ...(origin !== undefined && { origin }) });
  const client = new WireClient(socket);
  let headers: IncomingMessage['headers'] = {};
  return new Promise((resolve, reject) => {
    socket.once('upgrade', (response) => {
      headers = response.headers;
    });
    socket.once('open', () => resolve({ outcome: 'opened', client, headers }));
    socket.once('unexpected-response', (_request, response) => {
      resolve({ outcome: 'refused', status: response.statusCode ?? 0 });
      socket.terminate();
    });
    socket.on('error', reject);
  });
}
