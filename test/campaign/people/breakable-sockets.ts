import type { Environment } from '@seenby/client';
import { WebSocket } from 'ws';

/** Real sockets, whose network can be taken away with or without their ends being told. */
export class BreakableSockets {
  readonly #open = new Set<WebSocket>();
  readonly #silent = new Set<WebSocket>();

  readonly openSocket: Environment['openSocket'] = (url, protocols, handlers) => {
    const socket = new WebSocket(url, protocols);
    socket.on('open', () => {
      this.#open.add(socket);
      handlers.opened();
    });
    socket.on('message', (data) => {
      if (!this.#silent.has(socket)) handlers.received(String(data));
    });
    socket.on('error', () => {}); // `close` follows
    socket.on('close', (code) => {
      this.#open.delete(socket);
      this.#silent.delete(socket);
      handlers.closed(code);
    });
    return {
      send: (text) => {
        if (!this.#silent.has(socket)) socket.send(text);
      },
      close: () => socket.close(),
    };
  };

  /** Some connections end at once. Answers how many. */
  cut(share: number, random: () => number): number {
    return this.#take(share, random, (socket) => socket.terminate());
  }

  /** By some connections nothing passes any more, until the client gives them up. */
  silence(share: number, random: () => number): number {
    return this.#take(share, random, (socket) => this.#silent.add(socket));
  }

  /** The network is back: what had fallen silent is heard to have ended. */
  endSilence(): void {
    for (const socket of [...this.#silent]) socket.terminate();
  }

  #take(share: number, random: () => number, act: (socket: WebSocket) => unknown): number {
    const unlucky = [...this.#open].filter(() => random() < share);
    for (const socket of unlucky) act(socket);
    return unlucky.length;
  }
}
