/** Time, so that tests may turn it by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Runs once when `nowMs` is past the delay, never before; the returned function calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** Longest time a Node.js timer can hold. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const dueAtMs = Date.now() + delayMs;
    let timer: NodeJS.Timeout;
    // A timer of Node.js may end a millisecond before `Date.now()` says so.
    const begin = (): void => {
      const ms = Math.min(Math.max(0, dueAtMs - Date.now()), maxTimerMs);
      timer = setTimeout(() => (Date.now() < dueAtMs ? begin() : run()), ms);
      timer.unref();
    };
    begin();
    return () => clearTimeout(timer);
  },
};

/** Resolves after the time, or at once when aborted. Never rejects. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      signal.removeEventListener('abort', end);
      callOff();
      resolve();
    };
    const callOff = clock.after(delayMs, end);
    signal.addEventListener('abort', end);
  });
}
