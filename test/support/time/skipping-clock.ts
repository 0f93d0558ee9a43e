import { type Clock, systemClock } from '@seenby/local-cloud/clock.ts';

/** The time of the machine, with leaps that a test makes. What is due meanwhile happens at their end. */
export class SkippingClock implements Clock {
  #skippedMs = 0;
  readonly #waiting = new Set<{ dueAtMs: number; run: () => void }>();

  nowMs(): number {
    return systemClock.nowMs() + this.#skippedMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { dueAtMs: this.nowMs() + delayMs, run: () => this.#end(timer, run) };
    this.#waiting.add(timer);
    const callOff = systemClock.after(delayMs, timer.run);
    return () => {
      this.#waiting.delete(timer);
      callOff();
    };
  }

  skip(ms: number): void {
    this.#skippedMs += ms;
    const due = [...this.#waiting].filter(({ dueAtMs }) => dueAtMs <= this.nowMs());
    for (const { run } of due.sort((one, other) => one.dueAtMs - other.dueAtMs)) run();
  }

  #end(timer: { dueAtMs: number; run: () => void }, run: () => void): void {
    if (this.#waiting.delete(timer)) run();
  }
}
