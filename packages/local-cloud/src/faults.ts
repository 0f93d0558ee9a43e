import type { DisturbPost, PostFault } from './gateway/sockets/management-api.ts';
import type { CrashAfterMs } from './lambda/sandbox-pool.ts';
import type { FaultRates } from './streams/faults.ts';

/**
 * What AWS may do to a service, for the local cloud to do on purpose. Everything is off unless it is
 * given; chances are from 0 to 1.
 */
export interface Faults {
  /** Numbers in [0, 1). Seeded, the same faults come again, as far as the timing is the same. */
  random: () => number;
  /** Batches of stream records. */
  streams?: FaultRates;
  /** Chances of each fault of a post to a connection. */
  posts?: Partial<Record<PostFault, number>>;
  /** Chance that the service never hears of the end of a connection. */
  lostDisconnects?: number;
  /** Chance that the sandbox of an invocation dies, and how far into the invocation at most. */
  crashes?: { chance: number; withinMs: number };
}

export function disturbPost({ posts = {}, random }: Faults): DisturbPost {
  return () => {
    let draw = random();
    for (const [fault, chance] of Object.entries(posts)) {
      if (draw < chance) return fault as PostFault;
      draw -= chance;
    }
    return undefined;
  };
}

export const losesDisconnect =
  ({ lostDisconnects = 0, random }: Faults) =>
  (): boolean =>
    random() < lostDisconnects;

export const crashAfterMs =
  ({ crashes, random }: Faults): CrashAfterMs =>
  () =>
    crashes && random() < crashes.chance ? random() * crashes.withinMs : undefined;
