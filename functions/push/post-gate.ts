import type { Pace } from './pace.ts';

const postsAtOnce = 200;
/** Timers are no finer than this. */
const leastWaitMs = 5;

/** Lets a bounded number of a sandbox's posts be under way at once, and begin in a second. */
export class PostGate {
  readonly #pace: Pace;
  readonly #line: (() => void)[] = [];
  #underWay = 0;
  #freeAt = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Runs the post when there is a place for it, in the order of the calls. */
  async pass<T>(postsPerSecond: number, post: () => Promise<T>): Promise<T> {
    if (this.#underWay >= postsAtOnce) await new Promise<void>((go) => this.#line.push(go));
    else this.#underWay++;
    try {
      const waitMs = this.reserve(1, postsPerSecond);
      if (waitMs > leastWaitMs) await this.#pace.wait(waitMs);
      return await post();
    } finally {
      // The place goes to the first in line.
      const next = this.#line.shift();
      if (next) next();
      else this.#underWay--;
    }
  }

  /** Takes the time that so many posts need; answers how many milliseconds from now it begins. */
  reserve(posts: number, postsPerSecond: number): number {
    const now = this.#pace.clock();
    const startAt = Math.max(now, this.#freeAt);
    this.#freeAt = startAt + (posts / postsPerSecond) * 1000;
    return startAt - now;
  }
}
