import type { Environment, Socket, SocketHandlers } from '@seenby/client';

/** Frames by their type, sent and received: no type is both. */
export type FramesByType = Record<string, number>;

/** Counts the frames of some clients where they pass. */
export class FrameCounter {
  readonly byType: FramesByType = {};

  /** A socket as the SDK opens it, whose frames are counted. */
  readonly openSocket: Environment['openSocket'] = (url, protocols, handlers) => {
    const socket = new WebSocket(url, protocols);
    socket.onopen = () => handlers.opened();
    socket.onmessage = ({ data }) => this.#receive(String(data), handlers);
    socket.onclose = ({ code }) => handlers.closed(code);
    return {
      send: (text) => {
        this.#count(text);
        socket.send(text);
      },
      close: () => socket.close(),
    } satisfies Socket;
  };

  #receive(text: string, handlers: SocketHandlers): void {
    this.#count(text);
    handlers.received(text);
  }

  #count(text: string): void {
    const type = typeOf(text);
    this.byType[type] = (this.byType[type] ?? 0) + 1;
  }
}

/** The first field of that name: clients and service write it before all that holds other objects. */
const typeOf = (frame: string): string => /"type":"(\w+)"/.exec(frame)?.[1] ?? 'other';
