import type { Environment, Off } from '@seenby/client';

/** The time and what is due later, as the SDK takes them too. */
export type Clock = Pick<Environment, 'now' | 'after'>;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Timers by name: setting one again replaces it, and all can be stopped at once. */
export class Timers {
  readonly #clock: Clock;
  readonly #pending = new Map<string, Off>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(name: string): boolean {
    return this.#pending.has(name);
  }

  set(name: string, delayMs: number, run: () => void): void {
    this.stop(name);
    const due = () => {
      this.#pending.delete(name);
      run();
    };
    this.#pending.set(name, this.#clock.after(delayMs, due));
  }

  stop(name: string): void {
    this.#pending.get(name)?.();
    this.#pending.delete(name);
  }

  stopAll(): void {
    for (const name of [...this.#pending.keys()]) this.stop(name);
  }
}
