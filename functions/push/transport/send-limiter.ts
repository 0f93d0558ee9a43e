import { Semaphore } from '../../runtime/semaphore.ts';
import type { Timing } from '../../runtime/timing.ts';
import type { PostOutcome } from './frame-poster.ts';

const maxConcurrentPosts = 100;
/** Timers are no finer than this. */
const minWaitMs = 5;
/** So much of a second's posts may begin at once after a pause. */
const burstMs = 500;
/** Refusals are counted by the second. A few clients whose buffers are full are no quota. */
const windowMs = 1000;
const refusedConnections = 5;
const refusedShare = 0.05;
/** A halved rate is given this long to show. */
const minBetweenHalvingsMs = 500;
const minShare = 1 / 8;
/** From standing still to the full rate, in equal steps. */
const recoveryMs = 20_000;
const throttledMs = 10_000;

/** How many connections a sandbox may post to at once: as many as one push job has. */
export const sliceSize = (postsPerSecond: number): number =>
  Math.max(1, Math.floor((postsPerSecond * burstMs) / 1000));

/**
 * Lets a bounded number of a sandbox's posts be under way at once, and begin in a second. When API
 * Gateway refuses posts to several connections, the rate is halved; then it grows back slowly, so
 * that many senders who know nothing of each other end up sharing what the account allows.
 */
export class SendLimiter {
  readonly #timing: Timing;
  readonly #postsPerSecond: number;
  readonly #permits = new Semaphore(maxConcurrentPosts);
  /** When the next post were due if none had a burst. */
  #dueAt = 0;
  #share = 1;
  #slowedAt = Number.NEGATIVE_INFINITY;
  #window = { startedAt: 0, posts: 0, refused: new Set<string>() };

  constructor(timing: Timing, postsPerSecond: number) {
    this.#timing = timing;
    this.#postsPerSecond = postsPerSecond;
  }

  /** Whether it was API Gateway that refused posts lately, and not a client or two. */
  get isThrottled(): boolean {
    return this.#timing.clock() - this.#slowedAt < throttledMs;
  }

  /** Runs the post when there is a place for it, in the order of the calls. */
  async pass(connectionId: string, post: () => Promise<PostOutcome>): Promise<PostOutcome> {
    await this.#permits.acquire();
    try {
      const waitMs = this.#reserve();
      if (waitMs > minWaitMs) await this.#timing.wait(waitMs);
      const outcome = await post();
      this.#note(connectionId, outcome);
      return outcome;
    } finally {
      this.#permits.release();
    }
  }

  /** Answers how many milliseconds from now the post may begin. */
  #reserve(): number {
    const now = this.#timing.clock();
    const share = this.#shareAt(now);
    const dueAt = Math.max(now, this.#dueAt);
    this.#dueAt = dueAt + 1000 / (this.#postsPerSecond * share);
    return Math.max(0, dueAt - now - (share < 1 ? 0 : burstMs));
  }

  #note(connectionId: string, outcome: PostOutcome): void {
    const now = this.#timing.clock();
    if (now - this.#window.startedAt >= windowMs) {
      this.#window = { startedAt: now, posts: 0, refused: new Set() };
    }
    const { refused } = this.#window;
    const posts = ++this.#window.posts;
    if (outcome !== 'refused') return;
    refused.add(connectionId);
    if (refused.size < refusedConnections || refused.size < posts * refusedShare) return;
    if (now - this.#slowedAt < minBetweenHalvingsMs) return;
    this.#share = Math.max(minShare, this.#shareAt(now) / 2);
    this.#slowedAt = now;
  }

  #shareAt(now: number): number {
    return Math.min(1, this.#share + (now - this.#slowedAt) / recoveryMs);
  }
}
