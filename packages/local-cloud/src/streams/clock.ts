import { setTimeout as sleep } from 'node:timers/promises';

/** Time, so that tests may move it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after the time, or at once when aborted. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Longest time a Node.js timer can hold. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    sleep(Math.min(ms, maxTimerMs), undefined, { signal }).catch(() => undefined),
};
