/** What waiting is made of. */
export interface Pace {
  /** Epoch milliseconds. */
  clock: () => number;
  /** From 0 up to 1. */
  random: () => number;
  wait: (ms: number) => Promise<unknown>;
}
