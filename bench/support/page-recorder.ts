import type { Page } from 'playwright-core';

/** What the page did in the seconds since the sample before. */
export interface Sample {
  /** Frames drawn in each second. */
  framesPerSecond: number[];
  /** From one frame to the next one, at most. */
  maxGapMs: number;
  /** How often a count on the page changed. */
  countChanges: number;
  /** What kept the page's own thread busy longest. */
  maxTaskMs: number;
  /** After a garbage collection. */
  pageMb: number;
  /** The local cloud, the simulated members and DynamoDB Local. */
  serviceMb: number;
}

interface Recorded {
  frames: number[];
  startMs: number;
  lastMs: number;
  maxGapMs: number;
  countChanges: number;
  maxTaskMs: number;
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
      const recorded: Recorded = {
        ...{ frames: [], startMs: performance.now(), lastMs: performance.now(), maxGapMs: 0 },
        ...{ countChanges: 0, maxTaskMs: 0 },
      };
      Object.assign(window, { recorded });
      const onFrame = (nowMs: number) => {
        const { frames, startMs, lastMs, maxGapMs } = recorded;
        recorded.maxGapMs = Math.max(maxGapMs, nowMs - lastMs);
        recorded.lastMs = nowMs;
        const second = Math.floor((nowMs - startMs) / 1000);
        // A frame may have begun before the last sample was taken.
        if (second >= 0) frames[second] = (frames[second] ?? 0) + 1;
        requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
      new MutationObserver((changes) => {
        recorded.countChanges += changes.length;
      }).observe(document.body, { subtree: true, attributeFilter: ['data-read'] });
      new PerformanceObserver((tasks) => {
        const durations = tasks.getEntries().map(({ duration }) => duration);
        recorded.maxTaskMs = Math.max(recorded.maxTaskMs, ...durations);
      }).observe({ type: 'longtask' });
    });
  }

  /** Seconds are counted anew from here on, so that the collection of garbage slows none of them. */
  async sample(): Promise<Sample> {
    const serviceMb = this.#serviceMb();
    const taken = await this.#page.evaluate(() => {
      const { recorded, gc } = window as unknown as { recorded: Recorded; gc(): void };
      const { frames, maxGapMs, countChanges, maxTaskMs } = recorded;
      gc();
      Object.assign(recorded, {
        ...{ frames: [], startMs: performance.now(), lastMs: performance.now(), maxGapMs: 0 },
        ...{ countChanges: 0, maxTaskMs: 0 },
      });
      const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } };
      // The newest second is not over yet; one without any frame is a hole in the array.
      const framesPerSecond = Array.from(frames.slice(0, -1), (count) => count ?? 0);
      const pageBytes = memory.usedJSHeapSize;
      return { framesPerSecond, maxGapMs, countChanges, maxTaskMs, pageBytes };
    });
    const { pageBytes, ...rest } = taken;
    return { ...rest, pageMb: Math.round(pageBytes / 1e5) / 10, serviceMb };
  }
}
