import { connectionSigner } from './connection-signer.ts';

/** How a frame fared: `gone` connections never come back, `failed` ones may. */
export type Delivery = 'sent' | 'gone' | 'failed';

/** The sending side of the WebSocket API. Neither call MAY throw: a push is never worth a write. */
export interface FramePoster {
  post(connectionId: string, data: string): Promise<Delivery>;
  /** `sent` once the connection is closed. */
  close(connectionId: string): Promise<Delivery>;
}

/** Posts hang now and then; without a limit one of them would hold up its whole slice. */
const usualTimeoutMs = 1000;
/** For posts that nobody waits for: when the gateway itself is slow, trying again makes it slower. */
export const patientTimeoutMs = 2500;
const sockets = { keepAlive: true, maxSockets: 200 };
const gone = 410;

/**
 * Posts without the SDK's client, which takes four times the processor time: posting is most of
 * what a fan-out does, and each post is tried once here, by whoever waits for it.
 */
export function framePoster(callbackUrl: string, timeoutMs = usualTimeoutMs): FramePoster {
  const { protocol, hostname, port, pathname } = new URL(callbackUrl);
  // To import node:http is to load fetch and WebSocket with it: an eighth of a cold start.
  const { Agent, request: open } =
    protocol === 'http:'
      ? process.getBuiltinModule('node:http')
      : process.getBuiltinModule('node:https');
  const agent = new Agent(sockets);
  const sign = connectionSigner();
  const host = port ? `${hostname}:${port}` : hostname;
  const connectionsPath = `${pathname.replace(/\/$/, '')}/@connections/`;
  const send = async (
    method: 'POST' | 'DELETE',
    connectionId: string,
    body: string,
  ): Promise<number> => {
    const path = connectionsPath + encodeURIComponent(connectionId);
    const { headers } = await sign({ method, protocol, hostname, path, headers: { host }, body });
    return new Promise((resolve, reject) => {
      const options = { agent, method, hostname, port, path, headers };
      const request = open(options, (response) => {
        response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject);
        response.resume();
      });
      const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeoutMs);
      request.on('error', reject).on('close', () => clearTimeout(timer));
      request.end(body);
    });
  };
  const attempt = async (...call: Parameters<typeof send>): Promise<Delivery> => {
    try {
      const status = await send(...call);
      if (status === gone) return 'gone';
      return status >= 200 && status < 300 ? 'sent' : 'failed';
    } catch {
      return 'failed';
    }
  };
  return {
    post: (connectionId, data) => attempt('POST', connectionId, data),
    close: (connectionId) => attempt('DELETE', connectionId, ''),
  };
}
