/** Epoch milliseconds. */
export type Clock = () => number;

/** What waiting is made of. */
export interface Timing {
  clock: Clock;
  /** From 0 up to 1. */
  random: () => number;
  wait: (ms: number) => Promise<unknown>;
}
