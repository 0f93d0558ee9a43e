import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timing } from '../../../functions/runtime/timing.ts';
import { ManualClock } from './manual-clock.ts';

/** Time that stands still while anybody works, and then jumps to whoever waits the shortest. */
export class VirtualTime implements Timing {
  readonly random: () => number;
  /** Every wait that was asked for, in order. */
  readonly waits: number[] = [];
  readonly #clock: ManualClock;
  #underWay = 0;
  #becameIdle: () => void = () => {};

  constructor(now = Date.UTC(2026, 0, 15, 9), random: () => number = () => 0.5) {
    this.#clock = new ManualClock(now);
    this.random = random;
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#clock.now();
  }

  set now(now: number) {
    this.#clock.set(now);
  }

  /** In whole milliseconds, as a service's clock tells it. */
  readonly clock = (): number => Math.floor(this.now);

  readonly wait = (ms: number): Promise<void> => {
    this.waits.push(ms);
    return new Promise((go) => this.#clock.after(ms, go));
  };

  /** Runs something later; what it returns takes that back. */
  readonly after = (ms: number, run: () => void): (() => void) => this.#clock.after(ms, run);

  /** Time stands still until this real work is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await work();
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) this.#becameIdle();
    }
  }

  /** Lets time pass until the work has come to its end. */
  async pass<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    for (;;) {
      if (this.#underWay > 0) await this.#idle();
      // What was waiting for the work goes on first.
      await nextTurn();
      if (isOver) return over;
      if (this.#underWay === 0) this.#clock.runNext();
    }
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#becameIdle = resolve;
    });
  }
}
