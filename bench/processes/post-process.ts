// Posts frames as a function does; asked by post-over-tls.ts.
import { setTimeout as wait } from 'node:timers/promises';
import {
  framePoster,
  type PostOutcome,
  queuedPostTimes,
} from '../../functions/push/transport/frame-poster.ts';
import { SendLimiter } from '../../functions/push/transport/send-limiter.ts';
import { serveCommands } from './child.ts';

/** Of one fan-out. */
export interface PostTimes {
  /** Within a second. */
  inASecond: number;
  allMs: number;
  processorMs: number;
  notSent: number;
}

export interface PostCommands {
  [name: string]: (input: never) => Promise<unknown>;
  open(callbackUrl: string): Promise<void>;
  post(connections: number): Promise<PostTimes>;
}

/** About what a `read_status_update` of one range takes, or a short message. */
const data = JSON.stringify({ type: 'new_message', content: 'x'.repeat(300) });
const unlimited = 1_000_000;

let poster: ReturnType<typeof framePoster>;
const limiter = new SendLimiter({ clock: Date.now, random: Math.random, wait }, unlimited);

const commands: PostCommands = {
  async open(callbackUrl: string) {
    poster = framePoster(callbackUrl, queuedPostTimes);
  },
  async post(connections: number) {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const ends: { afterMs: number; delivery: PostOutcome }[] = [];
    const ids = Array.from({ length: connections }, (_, i) => `Fm${i}L-jqVUzvMXcQ=`);
    await Promise.all(
      ids.map(async (id) => {
        const delivery = await limiter.pass(id, () => poster.post(id, data));
        ends.push({ afterMs: performance.now() - startedAt, delivery });
      }),
    );
    const { user, system } = process.cpuUsage(before);
    return {
      inASecond: ends.filter((end) => end.delivery === 'sent' && end.afterMs <= 1000).length,
      allMs: Math.max(...ends.map(({ afterMs }) => afterMs)),
      processorMs: (user + system) / 1000,
      notSent: ends.filter(({ delivery }) => delivery !== 'sent').length,
    };
  },
};

serveCommands(commands, async () => {});
