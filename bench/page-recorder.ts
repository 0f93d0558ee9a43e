import type { Page } from 'playwright-core';

/** What the page did in the seconds since the sample before. */
export interface Sample {
  /** Frames drawn in each second. */
  framesPerSecond: number[];
  /** How often a count on the page changed. */
  countChanges: number;
  /** After a garbage collection. */
  pageMb: number;
  /** The local cloud, the simulated members and DynamoDB Local. */
  serviceMb: number;
}

interface Recorded {
  frames: number[];
  /** Seconds handed out already. */
  taken: number;
  countChanges: number;
}

/** Watches a page from inside: its frames, and the counts that change on it. */
export class PageRecorder {
  readonly #page: Page;
  readonly #serviceMb: () => number;

  constructor(page: Page, serviceMb: () => number) {
    this.#page = page;
    this.#serviceMb = serviceMb;
  }

  begin(): Promise<void> {
    return this.#page.evaluate(() => {
      const recorded: Recorded = { frames: [], taken: 0, countChanges: 0 };
      Object.assign(window, { recorded });
      const startMs = performance.now();
      const onFrame = (nowMs: number) => {
        const second = Math.floor((nowMs - startMs) / 1000);
        recorded.frames[second] = (recorded.frames[second] ?? 0) + 1;
        requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
      new MutationObserver((changes) => {
        recorded.countChanges += changes.length;
      }).observe(document.body, { subtree: true, attributeFilter: ['data-read'] });
    });
  }

  async sample(): Promise<Sample> {
    const taken = await this.#page.evaluate(() => {
      const own = window as unknown as { recorded: Recorded; gc(): void };
      const { frames, taken: before, countChanges } = own.recorded;
      // The newest second is not over yet; one without any frame is a hole in the array.
      const whole = Array.from(frames.slice(before, -1), (count) => count ?? 0);
      own.recorded.taken += whole.length;
      own.recorded.countChanges = 0;
      own.gc();
      const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } };
      return { framesPerSecond: whole, countChanges, pageBytes: memory.usedJSHeapSize };
    });
    const { framesPerSecond, countChanges, pageBytes } = taken;
    const pageMb = Math.round(pageBytes / 1e5) / 10;
    return { framesPerSecond, countChanges, pageMb, serviceMb: this.#serviceMb() };
  }
}
