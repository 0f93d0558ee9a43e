import type { Off } from './emitter.ts';
import type { Environment } from './environment.ts';

export interface ThrottleOptions {
  host: Pick<Environment, 'now' | 'after'>;
  /** Least time between the beginnings of two runs: none by default. */
  intervalMs?: number;
  /** How long a first run waits for more to join it: without it, it runs at once. */
  gatherMs?: () => number;
  /** Answers how long the next run has to wait, if it has to. */
  run: () => Promise<number | undefined>;
}

/** Runs something as often as it is asked for, but one at a time and not too often. */
export class Throttle {
  readonly #options: ThrottleOptions;
  #cancelTimer: Off | undefined;
  #isRunning = false;
  #isWanted = false;
  #notBefore = 0;

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  /** `delayMs`: wait so long before a first run, for what may come by itself or join it. */
  request(delayMs = this.#options.gatherMs?.() ?? 0): void {
    this.#isWanted = true;
    if (this.#isRunning || this.#cancelTimer) return;
    const { host } = this.#options;
    const waitMs = Math.max(delayMs, this.#notBefore - host.now());
    if (waitMs <= 0) void this.#run();
    else this.#cancelTimer = host.after(waitMs, () => void this.#run());
  }

  cancel(): void {
    this.#isWanted = false;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  async #run(): Promise<void> {
    const { host, intervalMs = 0, run } = this.#options;
    this.cancel();
    this.#isRunning = true;
    this.#notBefore = host.now() + intervalMs;
    const waitMs = await run();
    this.#isRunning = false;
    if (waitMs !== undefined) {
      this.#notBefore = host.now() + waitMs;
      this.#isWanted = true;
    }
    if (this.#isWanted) this.request();
  }
}
