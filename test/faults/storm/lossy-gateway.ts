import type { Delivery, FramePoster } from '../../../functions/push/frame-poster.ts';
import type { ServerFrame } from '../../../protocol/server-frames.ts';
import type { VirtualTime } from '../../functions/push/virtual-time.ts';
import type { Storm } from './storm.ts';

export type Frame = ServerFrame & { timestamp: number };

export interface Socket {
  readonly userId: string;
  received(frame: Frame): void;
  /** The gateway ended it. */
  closed(): void;
}

interface Open {
  socket: Socket;
  /** Takes nothing until then. */
  stuckUntil: number;
}

const postTimeoutMs = 1000;
const longestStuckMs = 12_000;

/** The sending side of API Gateway as it is on a bad day. */
export class LossyGateway implements FramePoster {
  /** Told of every post before its fate is decided. */
  onPost: (userId: string, frame: Frame) => void = () => {};
  readonly #open = new Map<string, Open>();
  readonly #time: VirtualTime;
  readonly #storm: Storm;
  #opened = 0;

  constructor(time: VirtualTime, storm: Storm) {
    this.#time = time;
    this.#storm = storm;
  }

  /** Answers the id of the new connection. */
  open(socket: Socket): string {
    const connectionId = `${socket.userId}-${++this.#opened}`;
    this.#open.set(connectionId, { socket, stuckUntil: 0 });
    return connectionId;
  }

  /** The client went away by itself. */
  drop(connectionId: string): void {
    this.#open.delete(connectionId);
  }

  async post(connectionId: string, data: string): Promise<Delivery> {
    const connection = this.#open.get(connectionId);
    if (!connection) return 'gone';
    const frame = JSON.parse(data) as Frame;
    this.onPost(connection.socket.userId, frame);
    const { now } = this.#time;
    if (this.#storm.strikes('getsStuck')) {
      connection.stuckUntil = now + this.#storm.below(longestStuckMs);
    }
    if (connection.stuckUntil > now) return this.#hang();
    if (this.#storm.strikes('postFails')) return 'failed';
    if (this.#storm.strikes('postSlow')) await this.#time.wait(this.#storm.below(postTimeoutMs));
    if (!this.#open.has(connectionId)) return 'gone';
    connection.socket.received(frame);
    return this.#storm.strikes('postAnswerLost') ? 'failed' : 'sent';
  }

  async close(connectionId: string): Promise<Delivery> {
    const connection = this.#open.get(connectionId);
    if (!connection) return 'gone';
    if (this.#storm.strikes('closeFails')) return 'failed';
    this.#open.delete(connectionId);
    connection.socket.closed();
    return 'sent';
  }

  /** Throttled at once, or no answer until the caller gives up. */
  async #hang(): Promise<Delivery> {
    if (this.#storm.random() < 0.5) await this.#time.wait(postTimeoutMs);
    return 'failed';
  }
}
