import { WebSocket } from 'ws';
import type {
  Environment,
  SocketHandlers,
} from '../../../packages/client/src/transport/environment.ts';

/** Real sockets, whose network can be taken away between any two frames. */
export class CuttableSockets {
  cuts = 0;
  /** Called with every frame, in or out: true loses it and the connection with it. */
  losesFrame: () => boolean = () => false;
  readonly #open = new Set<WebSocket>();

  readonly openSocket: Environment['openSocket'] = (url, protocols, handlers) => {
    const socket = new WebSocket(url, protocols);
    this.#open.add(socket);
    this.#wire(socket, handlers);
    return {
      send: (text) => this.#pass(socket, () => socket.send(text)),
      close: () => socket.close(),
    };
  };

  cut(): void {
    for (const socket of this.#open) this.#cut(socket);
  }

  #wire(socket: WebSocket, handlers: SocketHandlers): void {
    socket.on('open', () => handlers.opened());
    socket.on('message', (data) => this.#pass(socket, () => handlers.received(String(data))));
    socket.on('error', () => {}); // `close` follows
    socket.on('close', (code) => {
      this.#open.delete(socket);
      handlers.closed(code);
    });
  }

  #pass(socket: WebSocket, deliver: () => void): void {
    if (!this.#open.has(socket)) return;
    if (this.losesFrame()) this.#cut(socket);
    else deliver();
  }

  #cut(socket: WebSocket): void {
    this.cuts += 1;
    this.#open.delete(socket);
    socket.terminate();
  }
}
