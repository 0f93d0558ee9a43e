import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pace } from '../../../functions/push/pace.ts';

/** Time that stands still while anybody works, and then jumps to whoever waits the shortest. */
export class VirtualTime implements Pace {
  /** Epoch milliseconds. */
  now: number;
  readonly random: () => number;
  /** Every wait that was asked for, in order. */
  readonly waits: number[] = [];
  readonly #timers: { at: number; go: () => void }[] = [];
  #underWay = 0;
  #becameIdle: () => void = () => {};

  constructor(now = Date.UTC(2026, 0, 15, 9), random: () => number = () => 0.5) {
    this.now = now;
    this.random = random;
  }

  readonly clock = (): number => this.now;

  readonly wait = (ms: number): Promise<void> => {
    this.waits.push(ms);
    return new Promise((go) => this.#timers.push({ at: this.now + ms, go }));
  };

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
      if (this.#underWay === 0) this.#jump();
    }
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#becameIdle = resolve;
    });
  }

  #jump(): void {
    this.#timers.sort((a, b) => a.at - b.at);
    const next = this.#timers.shift();
    if (!next) return;
    this.now = Math.max(this.now, next.at);
    next.go();
  }
}
