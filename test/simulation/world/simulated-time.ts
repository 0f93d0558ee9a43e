import type { Clock as LocalCloudClock } from '@seenby/local-cloud/clock.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';
import type { Timing } from '../../../functions/runtime/timing.ts';
import { ManualClock } from '../../support/time/manual-clock.ts';

const start = Date.UTC(2026, 0, 15, 9);

/** The one time of a simulation: it stands still while anybody works, and then jumps to whoever waits the shortest. */
export class SimulatedTime implements Timing {
  readonly random: () => number;
  /** For parts of the local cloud. */
  readonly clockOfCloud: LocalCloudClock;
  readonly #clock = new ManualClock(start);

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.clockOfCloud = { nowMs: this.clock, after: this.after };
  }

  readonly clock = (): number => Math.floor(this.#clock.now());

  readonly wait = (ms: number): Promise<void> =>
    new Promise((go) => {
      this.#clock.after(ms, go);
    });

  readonly after = (ms: number, run: () => void): (() => void) => this.#clock.after(ms, run);

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /**
   * Lets time pass until the work has come to its end.
   * @throws when it never would: nobody waits for anything any more.
   */
  async pass<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    work
      .finally(() => {
        isOver = true;
      })
      .catch(() => {});
    for (;;) {
      await nextTurn();
      if (isOver) return work;
      if (!this.#clock.runNext()) throw new Error('nothing is left that could happen');
    }
  }
}

/** When all that could go on has done so. A tick comes after all promises, and takes less than a turn of the event loop. */
const nextTurn = (): Promise<void> => new Promise((go) => process.nextTick(go));
