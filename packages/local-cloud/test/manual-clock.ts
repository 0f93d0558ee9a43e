import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../src/clock.ts';

/** A clock that a test turns by hand; timers run while it turns, in order. */
export class ManualClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<{ atMs: number; run: () => void }>();

  constructor(nowMs = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    while (this.#runNext(endMs));
    this.#nowMs = endMs;
  }

  /** Lets all that a timer set off happen before the next one. */
  async advanceInTurns(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    do await turn();
    while (this.#runNext(endMs));
    this.#nowMs = endMs;
  }

  /** False when nothing is due until then. */
  #runNext(untilMs: number): boolean {
    const due = [...this.#timers].filter(({ atMs }) => atMs <= untilMs);
    const [next] = due.sort((one, other) => one.atMs - other.atMs);
    if (!next) return false;
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.run();
    return true;
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }
}
