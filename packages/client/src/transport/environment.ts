import type { Off } from './emitter.ts';

export interface SocketHandlers {
  opened(): void;
  received(text: string): void;
  /** Called once, whoever ended it and even when it never opened. */
  closed(code: number): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What a page goes through. Node has none of it. */
export type PageEvent = 'visible' | 'hidden' | 'online';

export interface Channel {
  post(message: unknown): void;
  close(): void;
}

/** Everything the client takes from outside; each part can be replaced. */
export interface Environment {
  /** Milliseconds of a clock that never jumps: only differences count. */
  now(): number;
  /** Epoch milliseconds, as right as the device's clock is. */
  date(): number;
  /** At least 0 and below 1. */
  random(): number;
  /** Runs something later; what it returns takes that back. */
  after(delayMs: number, run: () => void): Off;
  /** An id that nobody has used before, matching `^[A-Za-z0-9_.@|:+=~!$-]{1,128}$`. */
  newId(): string;
  openSocket(url: string, protocols: string[], handlers: SocketHandlers): Socket;
  fetch(url: string, init: RequestInit): Promise<Response>;
  onPage(listener: (event: PageEvent) => void): Off;
  /** Reaches the other tabs of the same origin, never the caller itself. */
  openChannel(name: string, received: (message: unknown) => void): Channel | undefined;
}

/** The browser's own parts, or Node's. */
export const hostEnvironment: Environment = {
  now: () => performance.now(),
  date: () => Date.now(),
  random: Math.random,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  // Not `randomUUID`, which pages without https have not.
  newId: () => crypto.getRandomValues(new Uint32Array(4)).join('-'),
  openSocket,
  fetch: (url, init) => fetch(url, init),
  onPage,
  openChannel,
};

function openSocket(url: string, protocols: string[], handlers: SocketHandlers): Socket {
  const socket = new WebSocket(url, protocols);
  socket.onopen = () => handlers.opened();
  socket.onmessage = ({ data }) => handlers.received(String(data));
  socket.onclose = ({ code }) => handlers.closed(code);
  return { send: (text) => socket.send(text), close: () => socket.close() };
}

function onPage(listener: (event: PageEvent) => void): Off {
  if (typeof document === 'undefined') return () => {};
  const controller = new AbortController();
  const on = (target: EventTarget, type: string, event: () => PageEvent) =>
    target.addEventListener(type, () => listener(event()), controller);
  on(document, 'visibilitychange', () => document.visibilityState);
  // Safari tells of a closing tab by `pagehide` alone.
  on(window, 'pagehide', () => 'hidden');
  on(window, 'online', () => 'online');
  on(window, 'focus', () => 'visible');
  return () => controller.abort();
}

function openChannel(name: string, received: (message: unknown) => void): Channel | undefined {
  if (typeof document === 'undefined') return undefined;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => received(data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
}
