import type {
  Channel,
  Environment,
  PageEvent,
  SocketHandlers,
} from '../../../../packages/client/src/transport/environment.ts';
import type { ReceivedFrame } from '../../../../packages/client/src/transport/websocket-transport.ts';
import { ManualClock } from '../../../support/time/manual-clock.ts';

type SentFrame = { type: string; requestId?: string } & Record<string, unknown>;

/** A socket whose other end is the test. */
export class ScriptedSocket {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly sent: SentFrame[] = [];
  isClosed = false;
  readonly #handlers: SocketHandlers;

  constructor(url: string, protocols: readonly string[], handlers: SocketHandlers) {
    this.url = url;
    this.protocols = protocols;
    this.#handlers = handlers;
  }

  open(): void {
    this.#handlers.opened();
  }

  /** Ends it from the network's side. */
  drop(code = 1006): void {
    this.isClosed = true;
    this.#handlers.closed(code);
  }

  push(frame: ReceivedFrame): void {
    this.#handlers.received(JSON.stringify(frame));
  }

  /** Replies to the last frame of a type. */
  reply(type: string, frame: ReceivedFrame): void {
    const request = this.sent.findLast((each) => each.type === type);
    if (request?.requestId === undefined) throw new Error(`no ${type} to reply to`);
    this.push({ ...frame, requestId: request.requestId });
  }

  sentOf(type: string): SentFrame[] {
    return this.sent.filter((frame) => frame.type === type);
  }

  asSocket() {
    return {
      send: (text: string) => void this.sent.push(JSON.parse(text)),
      close: () => {
        this.isClosed = true;
      },
    };
  }
}

export interface ScriptedRequest {
  method: string;
  /** With the query. */
  path: string;
  body: unknown;
  isKeptAlive: boolean;
  token: string;
}

type Answered = { status?: number; body: object } | Error;
export type ScriptedAnswer = Answered | Promise<Answered>;

/** Channels of hosts in the same browser. */
export type Browser = Map<string, Set<(message: unknown) => void>>;

export interface ScriptedHostOptions {
  random?: () => number;
  browser?: Browser;
  answer?: (request: ScriptedRequest) => ScriptedAnswer;
}

/** All that a client takes from outside, in the hands of a test. */
export class ScriptedHost {
  readonly sockets: ScriptedSocket[] = [];
  readonly requests: ScriptedRequest[] = [];
  /** By how much the device's clock is fast. */
  skewMs = 0;
  answer: (request: ScriptedRequest) => ScriptedAnswer;
  readonly #options: ScriptedHostOptions;
  readonly #clock = new ManualClock();
  readonly #pages = new Set<(event: PageEvent) => void>();
  #ids = 0;

  constructor(options: ScriptedHostOptions = {}) {
    this.#options = options;
    this.answer = options.answer ?? (() => new Error('no network'));
  }

  get environment(): Environment {
    return {
      now: this.#clock.now,
      date: () => this.#clock.now() + this.skewMs,
      random: this.#options.random ?? (() => 0.5),
      after: this.#clock.after,
      newId: () => `id-${++this.#ids}`,
      openSocket: (url, protocols, handlers) => this.#openSocket(url, protocols, handlers),
      fetch: (url, init) => this.#fetch(url, init),
      onPage: (listener) => {
        this.#pages.add(listener);
        return () => this.#pages.delete(listener);
      },
      openChannel: (name, received) => this.#openChannel(name, received),
    };
  }

  /** The newest socket. */
  get socket(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  get now(): number {
    return this.#clock.now();
  }

  get timerCount(): number {
    return this.#clock.timerCount;
  }

  /** As after so many ids: another host's are others. */
  newIds(from: number): void {
    this.#ids = from;
  }

  page(event: PageEvent): void {
    for (const listener of [...this.#pages]) listener(event);
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let i = 0; i < 50; i++) await Promise.resolve();
  }

  /** Lets time pass, timer by timer. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.settle();
    while (this.#clock.runNext(end)) await this.settle();
    this.#clock.advance(end - this.now);
  }

  #openSocket(url: string, protocols: string[], handlers: SocketHandlers) {
    const socket = new ScriptedSocket(url, protocols, handlers);
    this.sockets.push(socket);
    return socket.asSocket();
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(url);
    const request = {
      method: init.method ?? 'GET',
      path: pathname + search,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      isKeptAlive: init.keepalive === true,
      token: new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '',
    };
    this.requests.push(request);
    const answer = await this.answer(request);
    if (answer instanceof Error) throw answer;
    return Response.json(answer.body, { status: answer.status ?? 200 });
  }

  #openChannel(name: string, received: (message: unknown) => void): Channel | undefined {
    const channels = this.#options.browser;
    if (!channels) return undefined;
    const listeners = channels.get(name) ?? new Set();
    channels.set(name, listeners.add(received));
    return {
      post: (message) => {
        const others = [...listeners].filter((listener) => listener !== received);
        for (const listener of others) listener(structuredClone(message));
      },
      close: () => listeners.delete(received),
    };
  }
}
