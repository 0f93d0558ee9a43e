import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  headers: IncomingHttpHeaders;
  body: string;
  url: string;
}

export interface ReceiverAnswer {
  status: number;
  headers?: Record<string, string>;
}

/** A server of somebody else's, on a port of this machine, to which a webhook may post. */
export class EventReceiver {
  readonly requests: ReceivedRequest[] = [];
  /** What it answers; never, where that does not resolve. */
  answer: (request: ReceivedRequest) => ReceiverAnswer | Promise<ReceiverAnswer> = () => ({
    status: 204,
  });
  /** So many more requests break off. */
  breaks = 0;
  readonly #server: Server;
  #port = 0;

  static async start(): Promise<EventReceiver> {
    const receiver = new EventReceiver();
    await receiver.listen();
    return receiver;
  }

  constructor() {
    this.#server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const { headers, url = '' } = incoming;
      const request = { headers, url, body: Buffer.concat(chunks).toString() };
      this.requests.push(request);
      if (this.breaks-- > 0) {
        incoming.socket.destroy();
        return;
      }
      const { status, headers: more } = await this.answer(request);
      response.writeHead(status, more).end();
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Again on the same port, once it was closed. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nothing answers there any more. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
