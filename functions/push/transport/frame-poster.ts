import type { Socket } from 'node:net';
import { logFault } from '../../runtime/log.ts';
import { connectionSigner } from './connection-signer.ts';

/**
 * How a frame fared. `gone` connections never come back. `refused` ones were not tried: API Gateway
 * had too much to do, or the client's buffer is full, which it answers in the same way. Of `failed`
 * ones nobody knows.
 */
export type PostOutcome = 'sent' | 'gone' | 'refused' | 'failed';

/** The sending side of the WebSocket API. No call MAY throw: a push is never worth a write. */
export interface FramePoster {
  post(connectionId: string, data: string): Promise<PostOutcome>;
  /** `sent` once the connection is closed. */
  close(connectionId: string): Promise<PostOutcome>;
  /** `sent` when API Gateway holds the connection and has the time to say so. */
  find(connectionId: string): Promise<PostOutcome>;
}

export interface PostTimes {
  /** From the moment that the request has a connected socket: posts hang now and then. */
  answerMs: number;
  /** For connecting, with the handshakes of TLS, which take a Lambda's processor for a while. */
  connectMs: number;
}

const directPostTimes: PostTimes = { answerMs: 1000, connectMs: 3000 };
/** For posts that nobody waits for: when the gateway itself is slow, trying again makes it slower. */
export const queuedPostTimes: PostTimes = { answerMs: 2500, connectMs: 3000 };

/** A new socket costs as much processor as ten posts: with twice as many the first fan-out takes longer. */
const maxSockets = 100;
const goneStatus = 410;
const throttledStatus = 429;

/**
 * Posts without the SDK's client, which takes four times the processor time: posting is most of
 * what a fan-out does, and each post is tried once here, by whoever waits for it.
 */
export function framePoster(callbackUrl: string, times = directPostTimes): FramePoster {
  const { protocol, hostname, port, pathname } = new URL(callbackUrl);
  const sign = connectionSigner();
  const send = sender(protocol, times);
  const host = port ? `${hostname}:${port}` : hostname;
  const connectionsPath = `${pathname.replace(/\/$/, '')}/@connections/`;
  const attempt = async (
    method: string,
    connectionId: string,
    body: string,
  ): Promise<PostOutcome> => {
    const path = connectionsPath + encodeURIComponent(connectionId);
    try {
      const signed = await sign({ method, protocol, hostname, path, headers: { host }, body });
      const { headers } = signed;
      return outcomeOf(await send({ method, hostname, port, path, headers }, body), method);
    } catch {
      return 'failed';
    }
  };
  return {
    post: (connectionId, data) => attempt('POST', connectionId, data),
    close: (connectionId) => attempt('DELETE', connectionId, ''),
    find: (connectionId) => attempt('GET', connectionId, ''),
  };
}

function outcomeOf(status: number, method: string): PostOutcome {
  if (status >= 200 && status < 300) return 'sent';
  if (status === goneStatus) return 'gone';
  if (status === throttledStatus || status >= 500) return 'refused';
  // Something that no client and no quota can cause, such as a role without the permission.
  logFault('API Gateway took no post', new Error(`answered ${status}`), { method });
  return 'failed';
}

interface Request {
  method: string;
  hostname: string;
  port: string;
  path: string;
  headers: Record<string, string>;
}

/** Answers the status. A socket that was kept open and has gone stale is replaced once. */
function sender(protocol: string, { answerMs, connectMs }: PostTimes) {
  // To import node:http is to load fetch and WebSocket with it: an eighth of a cold start.
  const { Agent, request: open } =
    protocol === 'http:'
      ? process.getBuiltinModule('node:http')
      : process.getBuiltinModule('node:https');
  const kept = new Agent({ keepAlive: true, maxSockets });
  const fresh = new Agent({ maxSockets });
  const connected = new WeakSet<Socket>();
  const connectedEvent = protocol === 'http:' ? 'connect' : 'secureConnect';

  const once = (request: Request, body: string, agent: typeof kept): Promise<number | 'stale'> =>
    new Promise((resolve, reject) => {
      let isReused = false;
      let timer: NodeJS.Timeout | undefined;
      const limit = (ms: number, what: string) => {
        clearTimeout(timer);
        timer = setTimeout(() => outgoing.destroy(new Error(what)), ms);
      };
      const awaitAnswer = () => limit(answerMs, 'no answer in time');
      const outgoing = open({ ...request, agent }, (response) => {
        response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject);
        response.resume();
      });
      outgoing.on('socket', (socket) => {
        isReused = connected.has(socket);
        if (isReused) return awaitAnswer();
        limit(connectMs, 'no connection in time');
        socket.once(connectedEvent, () => {
          connected.add(socket);
          awaitAnswer();
        });
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        isReused && isCut(error) ? resolve('stale') : reject(error),
      );
      outgoing.on('close', () => clearTimeout(timer)).end(body);
    });

  return async (request: Request, body: string): Promise<number> => {
    const status = await once(request, body, kept);
    if (status !== 'stale') return status;
    const again = await once(request, body, fresh);
    return again === 'stale' ? 0 : again;
  };
}

const isCut = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNRESET' || code === 'EPIPE';
