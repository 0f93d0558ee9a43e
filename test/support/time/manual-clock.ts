interface Timer {
  at: number;
  run: () => void;
}

/**
 * Time that passes only when a test says so: `advance` moves on and runs what is due meanwhile, in
 * order. It is the clock of the SDK, of the simulator and of the local cloud.
 */
export class ManualClock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#now = startMs;
  }

  readonly now = (): number => this.#now;

  readonly nowMs = (): number => this.#now;

  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Another time, without running what would be due. */
  set(nowMs: number): void {
    this.#now = nowMs;
  }

  get timerCount(): number {
    return this.#timers.size;
  }

  advance(durationMs: number): void {
    const end = this.#now + durationMs;
    while (this.runNext(end));
    this.#now = Math.max(this.#now, end);
  }

  /** Moves on to the earliest timer and runs it. False when none is due until then. */
  runNext(untilMs = Number.POSITIVE_INFINITY): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    if (!next || next.at > untilMs) return false;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }
}
