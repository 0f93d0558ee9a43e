import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { subprotocolsWith } from '@seenby/protocol/version.ts';
import type { Environment, Socket } from './environment.ts';
import { errorOf, SeenbyError } from './seenby-error.ts';
import { within } from './time-limit.ts';

/** A server frame as it comes by the wire. */
export type ReceivedFrame = ServerFrame & { timestamp?: number };

export interface WebSocketTransportOptions {
  url: string;
  token: string;
  host: Environment;
  /** Every frame, replies included. */
  onFrame: (frame: ReceivedFrame, transport: WebSocketTransport) => void;
  /** Called once: the socket is gone, or never opened. */
  onEnd: (transport: WebSocketTransport, error: SeenbyError) => void;
}

interface Waiting {
  resolve: (frame: ReceivedFrame) => void;
  reject: (error: SeenbyError) => void;
}

const answerWithinMs = 10_000;
/** API Gateway ends a connection that sends more, and the next one would send the same again. */
const maxFrameBytes = 32 * 1024;

/** One WebSocket from its opening to its end, with replies told apart by their `requestId`. */
export class WebSocketTransport {
  readonly openedAt: number;
  lastReceivedAt: number;
  /** What waits for the socket to open; undefined once it has. */
  unsent: string[] | undefined = [];
  readonly #options: WebSocketTransportOptions;
  readonly #socket: Socket;
  readonly #waiting = new Map<string, Waiting>();
  #requests = 0;
  #isOver = false;

  constructor(options: WebSocketTransportOptions) {
    const { host, url, token } = options;
    this.#options = options;
    this.openedAt = host.now();
    this.lastReceivedAt = this.openedAt;
    this.#socket = host.openSocket(url, subprotocolsWith(token), {
      opened: () => {
        const { unsent = [] } = this;
        this.unsent = undefined;
        for (const text of unsent) this.#write(text);
      },
      received: (text) => this.#receive(text),
      closed: (code) => this.end(new SeenbyError('OFFLINE', `Closed: ${code}`)),
    });
  }

  /** The first reply. Rejects with the service's error, with TIMEOUT, or with OFFLINE at the end. */
  request(frame: ClientFrame, timeoutMs = answerWithinMs): Promise<ReceivedFrame> {
    const requestId = String(++this.#requests);
    const text = JSON.stringify({ ...frame, requestId });
    const reply = new Promise<ReceivedFrame>((resolve, reject) => {
      if (new Blob([text]).size > maxFrameBytes) {
        throw new SeenbyError('BAD_REQUEST', 'Over 32 KB.');
      }
      this.#waiting.set(requestId, { resolve, reject });
      if (this.unsent) this.unsent.push(text);
      else this.#write(text);
    });
    return within(this.#options.host, timeoutMs, reply).finally(() =>
      this.#waiting.delete(requestId),
    );
  }

  /** A frame that has no reply. */
  send(frame: ClientFrame): void {
    this.#write(JSON.stringify(frame));
  }

  /** Ends the transport from this side; what still waits for a reply is rejected. */
  end(error: SeenbyError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#socket.close();
    this.#options.onEnd(this, error);
  }

  #write(text: string): void {
    if (this.#isOver) return;
    this.#socket.send(text);
  }

  #receive(text: string): void {
    if (this.#isOver) return;
    this.lastReceivedAt = this.#options.host.now();
    const frame = parseFrame(text);
    if (!frame) return;
    this.#settle(frame);
    this.#options.onFrame(frame, this);
  }

  #settle(frame: ReceivedFrame): void {
    const waiting = this.#waiting.get(frame.requestId ?? '');
    if (!waiting) return;
    if (frame.type !== 'error') waiting.resolve(frame);
    else waiting.reject(errorOf(frame));
  }
}

/** API Gateway's own errors have no `type`; what asked for it then runs into its timeout. */
function parseFrame(text: string): ReceivedFrame | undefined {
  try {
    const frame = JSON.parse(text);
    return frame?.type ? frame : undefined;
  } catch {
    return undefined;
  }
}
