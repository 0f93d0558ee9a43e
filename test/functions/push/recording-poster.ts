import type { Delivery, FramePoster } from '../../../functions/push/frame-poster.ts';
import type { ServerFrame } from '../../../protocol/server-frames.ts';

export interface Posted {
  connectionId: string;
  frame: ServerFrame & { timestamp: number };
  atMs: number;
}

/** Takes note of all posts, and answers them as it is told. */
export class RecordingPoster implements FramePoster {
  readonly posted: Posted[] = [];
  readonly closed: string[] = [];
  /** How posts to a connection fare, one after the other; the last answer stays. Others are sent. */
  readonly outcomes = new Map<string, Delivery[]>();
  closing: Delivery = 'sent';
  mostAtOnce = 0;
  readonly #clock: () => number;
  readonly #takesTime: () => Promise<unknown>;
  #underWay = 0;

  constructor(clock: () => number, takesTime: () => Promise<unknown> = async () => {}) {
    this.#clock = clock;
    this.#takesTime = takesTime;
  }

  async post(connectionId: string, data: string): Promise<Delivery> {
    this.posted.push({ connectionId, frame: JSON.parse(data), atMs: this.#clock() });
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay);
    await this.#takesTime();
    this.#underWay--;
    const outcomes = this.outcomes.get(connectionId) ?? ['sent'];
    return (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? 'sent';
  }

  async close(connectionId: string): Promise<Delivery> {
    this.closed.push(connectionId);
    return this.closing;
  }

  to(connectionId: string): Posted['frame'][] {
    return this.posted.filter((post) => post.connectionId === connectionId).map((p) => p.frame);
  }
}
