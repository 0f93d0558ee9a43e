import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server on which connections can fall silent: nothing passes, and no end is told. */
export class SilentLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async open(endpoint: string): Promise<SilentLine> {
    const line = new SilentLine(Number(new URL(endpoint).port));
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      const target = connect(targetPort, '127.0.0.1');
      for (const socket of [client, target]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
      }
      client.pipe(target).pipe(client);
    });
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Those that are there; later ones pass. Answers how many there were. */
  silence(): number {
    const { size } = this.#sockets;
    for (const socket of this.#sockets) socket.unpipe().pause();
    this.#sockets.clear();
    return size;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
