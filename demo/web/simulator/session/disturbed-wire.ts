import type { Environment, Socket, SocketHandlers } from '@seenby/client';

/** What can be done to the frames that come in. */
export interface Disturbance {
  duplicates: boolean;
  reorders: boolean;
}

/** Frames are held back this long at most to change their order. */
const holdMs = 400;
/** A duplicate comes this much later. */
const echoMs = 150;

/** The wire of one client: it can be cut, and what comes over it can be doubled and shuffled. */
export class DisturbedWire {
  readonly disturbance: Disturbance = { duplicates: false, reorders: false };
  /** Told of every frame the client sends. */
  onSent: (text: string) => void = () => {};
  /** Frames sent and received so far, by type; what this wire repeats is not counted. */
  readonly frames: Record<string, number> = {};
  readonly #sockets = new Set<WebSocket>();
  #isCut = false;

  get isCut(): boolean {
    return this.#isCut;
  }

  /** Ends the connection and lets none be made. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.close();
  }

  restore(): void {
    this.#isCut = false;
  }

  /** For a client whose only way out is this wire, not the page's other tabs either. */
  get environment(): Pick<Environment, 'openSocket' | 'openChannel'> {
    return {
      openChannel: () => undefined,
      openSocket: (url, protocols, handlers) => this.#open(url, protocols, handlers),
    };
  }

  #open(url: string, protocols: string[], handlers: SocketHandlers): Socket {
    if (this.#isCut) return refuse(handlers);
    const socket = new WebSocket(url, protocols);
    this.#sockets.add(socket);
    socket.onopen = () => handlers.opened();
    socket.onmessage = ({ data }) => this.#receive(String(data), handlers);
    socket.onclose = ({ code }) => {
      this.#sockets.delete(socket);
      handlers.closed(code);
    };
    const send = (text: string) => {
      this.onSent(text);
      this.#count(text);
      socket.send(text);
    };
    return { send, close: () => socket.close() };
  }

  #receive(text: string, handlers: SocketHandlers): void {
    this.#count(text);
    const { duplicates, reorders } = this.disturbance;
    const delayMs = reorders ? Math.random() * holdMs : 0;
    if (reorders) setTimeout(() => handlers.received(text), delayMs);
    else handlers.received(text);
    if (duplicates) setTimeout(() => handlers.received(text), delayMs + echoMs);
  }

  #count(text: string): void {
    const type = typeOf(text);
    this.frames[type] = (this.frames[type] ?? 0) + 1;
  }
}

/** The first field of that name: it comes before all that holds other objects. */
const typeOf = (frame: string): string => /"type":"(\w+)"/.exec(frame)?.[1] ?? 'other';

const abnormalClosure = 1006;

function refuse(handlers: SocketHandlers): Socket {
  setTimeout(() => handlers.closed(abnormalClosure), 0);
  return { send: () => {}, close: () => {} };
}
