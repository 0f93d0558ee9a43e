import type { Connection } from '../store/connections.ts';
import type { Courier, Parcel } from './courier.ts';
import type { Pace } from './pace.ts';

/** Of the connections of a parcel, the ones that may still have it. MAY throw. */
export type StillEntitled = (parcel: Parcel) => Promise<readonly Connection[]>;

/** Some four seconds in all on average, with full jitter. */
const pausesMs = [500, 1000, 2000, 4000];
/** Lambda may let a call wait; and one that failed it repeats minutes later. */
const freshMs = 2000;
const staleMs = 60_000;

/**
 * Posts a parcel and tries again whom it did not reach. A client that takes nothing for so long is
 * cut off: coming back it catches up, where its screen would have stayed stale. So is who might
 * have missed a frame that is no longer true.
 */
export async function pushParcel(
  courier: Courier,
  parcel: Parcel,
  pace: Pace,
  stillEntitled: StillEntitled,
): Promise<void> {
  if (parcel.delayMs > 0) await pace.wait(parcel.delayMs);
  const ageMs = pace.clock() - parcel.madeAt;
  const isFresh = ageMs <= freshMs && !parcel.isRetry;
  let pending = isFresh ? parcel.connections : await stillEntitled(parcel);
  if (ageMs <= staleMs) pending = await postInRounds(courier, parcel, pending, pace, stillEntitled);
  await Promise.all(pending.map((connection) => courier.cutOff(connection)));
}

/** Answers whom it could not reach. */
async function postInRounds(
  courier: Courier,
  parcel: Parcel,
  connections: readonly Connection[],
  { random, wait }: Pace,
  stillEntitled: StillEntitled,
): Promise<readonly Connection[]> {
  let pending: readonly Connection[] = await courier.post({ ...parcel, connections });
  for (const pauseMs of pausesMs) {
    if (pending.length === 0) break;
    await wait(random() * pauseMs);
    const entitled = await stillEntitled({ ...parcel, connections: pending });
    pending = await courier.post({ ...parcel, connections: entitled });
  }
  return pending;
}
