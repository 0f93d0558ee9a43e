import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import type { FramePoster, PostOutcome } from '../../../functions/push/transport/frame-poster.ts';

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
  readonly outcomes = new Map<string, PostOutcome[]>();
  closing: PostOutcome = 'sent';
  /** What API Gateway says of connections that are asked for. */
  finding: PostOutcome = 'sent';
  readonly found: string[] = [];
  maxAtOnce = 0;
  readonly #clock: () => number;
  readonly #takesTime: () => Promise<unknown>;
  #underWay = 0;

  constructor(clock: () => number, takesTime: () => Promise<unknown> = async () => {}) {
    this.#clock = clock;
    this.#takesTime = takesTime;
  }

  async post(connectionId: string, data: string): Promise<PostOutcome> {
    this.posted.push({ connectionId, frame: JSON.parse(data), atMs: this.#clock() });
    this.maxAtOnce = Math.max(this.maxAtOnce, ++this.#underWay);
    await this.#takesTime();
    this.#underWay--;
    const outcomes = this.outcomes.get(connectionId) ?? ['sent'];
    return (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? 'sent';
  }

  async close(connectionId: string): Promise<PostOutcome> {
    this.closed.push(connectionId);
    return this.closing;
  }

  async find(connectionId: string): Promise<PostOutcome> {
    this.found.push(connectionId);
    return this.finding;
  }

  to(connectionId: string): Posted['frame'][] {
    return this.posted.filter((post) => post.connectionId === connectionId).map((p) => p.frame);
  }
}
