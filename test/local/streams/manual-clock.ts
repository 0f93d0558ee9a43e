import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../local/streams/clock.ts';

/** Time that passes only by `advance`. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #sleepers = new Set<{ untilMs: number; wake: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        resolve();
      };
      const sleeper = { untilMs: this.#nowMs + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Wakes all who are due, in order, and lets each do what it does. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await turn();
    for (;;) {
      const due = [...this.#sleepers].filter(({ untilMs }) => untilMs <= endMs);
      const next = due.sort((a, b) => a.untilMs - b.untilMs)[0];
      if (next === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.wake();
      await turn();
    }
    this.#nowMs = endMs;
  }
}
