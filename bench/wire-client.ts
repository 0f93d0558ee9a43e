import { WebSocket } from 'ws';
import type { SocketRoute } from '../protocol/routes.ts';
import type { ServerFrame } from '../protocol/server-frames.ts';

export type Received = ServerFrame & { timestamp: number };
export type Sendable = { type: SocketRoute } & Record<string, unknown>;

/** One WebSocket that speaks the protocol, and tells of every frame it gets. */
export class WireClient {
  /** Frames sent. */
  sent = 0;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #socket: WebSocket;
  readonly #onFrame: (frame: Received) => void;
  readonly #pending = new Map<string, (reply: Received | 'lost') => void>();

  /** Rejects when the upgrade is refused. */
  static async open(
    wsUrl: string,
    token: string,
    onFrame: (frame: Received) => void = () => {},
  ): Promise<WireClient> {
    const socket = new WebSocket(wsUrl, ['seenby.v1', `bearer.${token}`]);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new WireClient(socket, onFrame);
  }

  private constructor(socket: WebSocket, onFrame: (frame: Received) => void) {
    this.#socket = socket;
    this.#onFrame = onFrame;
    socket.on('message', (data) => this.#receive(data.toString()));
    socket.on('error', () => {}); // `close` follows
    this.ended = new Promise((resolve) => {
      socket.on('close', () => {
        for (const settle of this.#pending.values()) settle('lost');
        this.#pending.clear();
        resolve();
      });
    });
  }

  /** The direct reply, an error frame included; `lost` when the connection ends before it. */
  request(frame: Sendable): Promise<Received | 'lost'> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve('lost');
    const requestId = String(++this.sent);
    return new Promise((resolve) => {
      this.#pending.set(requestId, resolve);
      this.#socket.send(JSON.stringify({ ...frame, requestId }));
    });
  }

  /** Resolves once everything that the service had sent before has arrived. */
  async caughtUp(): Promise<void> {
    await new Promise((resolve) => {
      this.#socket.once('pong', resolve);
      this.#socket.ping();
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as Received;
    // A frame without a type is the gateway's word that a function failed: which one it hides.
    if (frame.type === undefined) this.close();
    else {
      this.#onFrame(frame);
      this.#settle(frame.requestId ?? '', frame);
    }
  }

  #settle(requestId: string, reply: Received): void {
    this.#pending.get(requestId)?.(reply);
    this.#pending.delete(requestId);
  }
}

/** A token from the identity provider of the local cloud. */
export async function fetchToken(httpUrl: string, userId: string): Promise<string> {
  const body = JSON.stringify({ userId });
  const response = await fetch(`${httpUrl}/dev/token`, { method: 'POST', body });
  const { token } = (await response.json()) as { token: string };
  return token;
}

/** Calls an HTTP route with a token. Throws unless the answer is one of success. */
export async function callRoute<T>(
  url: string,
  token: string,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
