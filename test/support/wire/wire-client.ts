import { once } from 'node:events';
import type { SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { ReceivedServerFrame, ServerFrameType } from '@seenby/protocol/server-frames.ts';
import { subprotocolsWith } from '@seenby/protocol/version.ts';
import { WebSocket } from 'ws';
import { patienceMs } from '../time/patience.ts';

/** A server frame as it comes by the wire. */
export type Frame<T extends ServerFrameType = ServerFrameType> = Extract<
  ReceivedServerFrame,
  { type: T }
>;

/** A client frame without the id that tells its reply. */
export type Request = { type: SocketRoute } & Record<string, unknown>;

/** One WebSocket that speaks the protocol, and every frame that came by it. */
export class WireClient {
  /** All frames received, in order of arrival; none when a listener takes them. */
  readonly frames: Frame[] = [];
  /** How many requests were sent. */
  requests = 0;
  /** The close code, once the socket has closed. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #taken = new Set<Frame>();
  #checked = 0;
  readonly #watchers = new Set<() => void>();
  readonly #onFrame: (frame: Frame) => void;
  readonly #pending = new Map<string, (reply: Frame | 'lost') => void>();

  /** An open connection of the token's user. Rejects when the upgrade is refused. */
  static async open(
    wsUrl: string,
    token: string,
    onFrame?: (frame: Frame) => void,
  ): Promise<WireClient> {
    const socket = new WebSocket(wsUrl, subprotocolsWith(token));
    const client = new WireClient(socket, onFrame);
    await once(socket, 'open');
    socket.on('error', () => {}); // `close` follows
    return client;
  }

  constructor(socket: WebSocket, onFrame?: (frame: Frame) => void) {
    this.#socket = socket;
    this.#onFrame = onFrame ?? ((frame) => this.frames.push(frame));
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as Frame));
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    void this.closed.then(() => this.#loseReplies());
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

  /** Sends bytes as a text message, whether or not they are text. */
  sendText(bytes: Uint8Array): void {
    this.#socket.send(bytes, { binary: false });
  }

  /** Sends one message as several WebSocket frames, none of more than so many characters. */
  sendInParts(text: string, charactersPerPart: number): void {
    for (let at = 0; at < text.length; at += charactersPerPart) {
      const fin = at + charactersPerPart >= text.length;
      this.#socket.send(text.slice(at, at + charactersPerPart), { fin });
    }
  }

  /** The direct reply, an error frame included; `lost` when the connection ends before it. */
  reply(frame: Request): Promise<Frame | 'lost'> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve('lost');
    const requestId = this.#newRequestId();
    return new Promise((resolve) => {
      this.#pending.set(requestId, resolve);
      this.send({ ...frame, requestId });
    });
  }

  /** All direct replies to a frame: as many as expected, or fewer when one of them is an error. */
  async request(frame: object, replyCount = 1, withinMs = patienceMs): Promise<Frame[]> {
    const requestId = this.#newRequestId();
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

  /** The frames that no earlier call has answered, in order of arrival. */
  takeUnchecked(): readonly Frame[] {
    const unchecked = this.frames.slice(this.#checked);
    this.#checked = this.frames.length;
    return unchecked;
  }

  /** All frames of a type so far. */
  received<T extends ServerFrameType>(type: T): Frame<T>[] {
    return this.frames.filter((frame): frame is Frame<T> => isOfType(frame, type));
  }

  /** What `look` finds, asked again with every frame that comes in. */
  until<R>(what: string, look: () => R | undefined, withinMs = patienceMs): Promise<R> {
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

  /** Resolves once everything that the service had sent before has arrived. */
  async caughtUp(): Promise<void> {
    const pong = once(this.#socket, 'pong');
    this.#socket.ping();
    await pong;
  }

  close(): void {
    this.#socket.close();
  }

  /** Ends without a word, as a phone does that loses its network. */
  vanish(): void {
    this.#socket.terminate();
  }

  #newRequestId(): string {
    return `request-${++this.requests}`;
  }

  #receive(frame: Frame): void {
    // Without a type it is the gateway's word that a function failed; not which request it answers.
    if (frame.type === undefined && this.#pending.size > 0) {
      this.vanish();
      return;
    }
    this.#onFrame(frame);
    for (const look of [...this.#watchers]) look();
    this.#pending.get(frame.requestId ?? '')?.(frame);
    this.#pending.delete(frame.requestId ?? '');
  }

  #loseReplies(): void {
    for (const settle of this.#pending.values()) settle('lost');
    this.#pending.clear();
  }
}

const isOfType = <T extends ServerFrameType>(frame: Frame, type: T): frame is Frame<T> =>
  frame.type === type;
