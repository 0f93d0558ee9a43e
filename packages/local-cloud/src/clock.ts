/** Time, so that tests may turn it by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Runs once after the delay, at once when it is negative; the returned function calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** Longest time a Node.js timer can hold. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    let timer: NodeJS.Timeout;
    const begin = (leftMs: number): void => {
      const ms = Math.min(Math.max(0, leftMs), maxTimerMs);
      timer = setTimeout(() => (leftMs > ms ? begin(leftMs - ms) : run()), ms);
      timer.unref();
    };
    begin(delayMs);
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
