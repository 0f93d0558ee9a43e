import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import type {
  FramePoster,
  PostOutcome,
} from '../../../../functions/push/transport/frame-poster.ts';
import type { VirtualTime } from '../../../support/time/virtual-time.ts';
import type { Chaos } from './chaos.ts';

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
const maxStuckMs = 12_000;

/** The sending side of API Gateway as it is on a bad day. */
export class LossyGateway implements FramePoster {
  /** Told of every post before its fate is decided. */
  onPost: (userId: string, frame: Frame) => void = () => {};
  readonly #open = new Map<string, Open>();
  readonly #time: VirtualTime;
  readonly #chaos: Chaos;
  #opened = 0;

  constructor(time: VirtualTime, chaos: Chaos) {
    this.#time = time;
    this.#chaos = chaos;
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

  async post(connectionId: string, data: string): Promise<PostOutcome> {
    const connection = this.#open.get(connectionId);
    if (!connection) return 'gone';
    const frame = JSON.parse(data) as Frame;
    this.onPost(connection.socket.userId, frame);
    const { now } = this.#time;
    if (this.#chaos.happens('getsStuck')) {
      connection.stuckUntil = now + this.#chaos.below(maxStuckMs);
    }
    if (connection.stuckUntil > now) return this.#hang();
    if (this.#chaos.happens('postFails')) return 'failed';
    if (this.#chaos.happens('postRefused')) return 'refused';
    if (this.#chaos.happens('postSlow')) await this.#time.wait(this.#chaos.below(postTimeoutMs));
    if (!this.#open.has(connectionId)) return 'gone';
    connection.socket.received(frame);
    return this.#chaos.happens('postAnswerLost') ? 'failed' : 'sent';
  }

  async close(connectionId: string): Promise<PostOutcome> {
    const connection = this.#open.get(connectionId);
    if (!connection) return 'gone';
    if (this.#chaos.happens('closeFails')) return 'failed';
    this.#open.delete(connectionId);
    connection.socket.closed();
    return 'sent';
  }

  async find(connectionId: string): Promise<PostOutcome> {
    if (!this.#open.has(connectionId)) return 'gone';
    return this.#chaos.happens('postFails') ? 'failed' : 'sent';
  }

  /** Throttled at once, or no answer until the caller gives up. */
  async #hang(): Promise<PostOutcome> {
    if (this.#chaos.random() < 0.5) return 'refused';
    await this.#time.wait(postTimeoutMs);
    return 'failed';
  }
}
