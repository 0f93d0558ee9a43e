import type { Clock } from '../../simulator/clock.ts';

interface Timer {
  at: number;
  run: () => void;
}

/** Time that passes only by `advance`; what is due runs meanwhile, in order. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.#now;

  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  advance(durationMs: number): void {
    const end = this.#now + durationMs;
    for (let next = this.#nextUpTo(end); next; next = this.#nextUpTo(end)) {
      this.#timers.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  #nextUpTo(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}
