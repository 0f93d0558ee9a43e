import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { ServerFrame, ServerFrameType } from '../../protocol/server-frames.ts';

type AnyFrame = ServerFrame & { timestamp: number };

/** A server frame as it comes by the wire. */
export type Frame<T extends ServerFrameType = ServerFrameType> = Extract<AnyFrame, { type: T }>;

export interface Upgrade {
  url: string;
  protocols?: string[];
  /** As browsers say whose page it is; programs say nothing. */
  origin?: string;
}

export type UpgradeOutcome =
  | { outcome: 'opened'; client: WireClient; headers: IncomingMessage['headers'] }
  | { outcome: 'refused'; status: number };

/** Only ever waited for in full when something is wrong. */
const answerWithinMs = 25_000;

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

/** One WebSocket and every frame that came by it. */
export class WireClient {
  /** All frames received, in order of arrival. */
  readonly frames: Frame[] = [];
  /** The close code, once the socket has closed. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #taken = new Set<Frame>();
  readonly #watchers = new Set<() => void>();
  #requests = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)) as Frame);
      for (const look of [...this.#watchers]) look();
    });
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  /** The subprotocol that the server selected; empty for none. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Sends an object as JSON, text as it is, bytes as a binary message. */
  send(frame: object | string | Uint8Array): void {
    const isRaw = typeof frame === 'string' || frame instanceof Uint8Array;
    this.#socket.send(isRaw ? frame : JSON.stringify(frame));
  }

  /** Sends one message as several WebSocket frames, none of more than so many characters. */
  sendInParts(text: string, charactersPerPart: number): void {
    for (let at = 0; at < text.length; at += charactersPerPart) {
      const fin = at + charactersPerPart >= text.length;
      this.#socket.send(text.slice(at, at + charactersPerPart), { fin });
    }
  }

  /** All direct replies to a frame: as many as expected, or fewer when one of them is an error. */
  async request(frame: object, replyCount = 1, withinMs = answerWithinMs): Promise<Frame[]> {
    const requestId = `request-${++this.#requests}`;
    this.send({ ...frame, requestId });
    const what = `replies to ${JSON.stringify(frame).slice(0, 200)}`;
    const look = () => {
      const replies = this.frames.filter((reply) => reply.requestId === requestId);
      const isDone = replies.length >= replyCount || replies.some(({ type }) => type === 'error');
      return isDone ? replies : undefined;
    };
    return this.until(what, look, withinMs);
  }

  /** The one direct reply to a frame. Rejects when it is of another type. */
  async ask<T extends ServerFrameType>(
    type: T,
    frame: object,
    withinMs?: number,
  ): Promise<Frame<T>> {
    const [reply] = await this.request(frame, 1, withinMs);
    if (reply && isOfType(reply, type)) return reply;
    throw new Error(`${type} expected, but the reply is ${JSON.stringify(reply)}`);
  }

  /** The first frame of a type, received already or not, that no earlier call has answered. */
  async next<T extends ServerFrameType>(
    type: T,
    accept: (frame: Frame<T>) => boolean = () => true,
  ): Promise<Frame<T>> {
    const found = await this.until(type, () =>
      this.frames.find(
        (frame): frame is Frame<T> =>
          !this.#taken.has(frame) && isOfType(frame, type) && accept(frame),
      ),
    );
    this.#taken.add(found);
    return found;
  }

  /** All frames of a type so far. */
  received<T extends ServerFrameType>(type: T): Frame<T>[] {
    return this.frames.filter((frame): frame is Frame<T> => isOfType(frame, type));
  }

  /** What `look` finds, asked again with every frame that comes in. */
  until<R>(what: string, look: () => R | undefined, withinMs = answerWithinMs): Promise<R> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const deadline = setTimeout(() => {
        stop();
        const last = this.frames.slice(-5).map((frame) => JSON.stringify(frame).slice(0, 300));
        reject(new Error(`no ${what} within ${withinMs} ms; last frames: ${last.join('\n')}`));
      }, withinMs);
      const stop = () => {
        clearTimeout(deadline);
        this.#watchers.delete(check);
      };
      this.#watchers.add(check);
      check();
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** Ends without a word, as a phone does that loses its network. */
  vanish(): void {
    this.#socket.terminate();
  }
}

const isOfType = <T extends ServerFrameType>(frame: Frame, type: T): frame is Frame<T> =>
  frame.type === type;
