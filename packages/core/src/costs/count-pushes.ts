import { nextPush } from '../counts/push-timing.ts';

/** A message that members read one after the other. */
export interface Reading {
  marks: number;
  secondsBetweenReads: number;
  /** Connections that have the group open. */
  watching: number;
  windowSeconds: number;
  /** Whether those who mark are all others there are. */
  byAll: boolean;
}

/** What the reading of a message takes, by the times at which the service itself decides. */
export interface PushCounts {
  pushes: number;
  /** Pushes that waited in the queue. */
  jobs: number;
  /** Batches of the table's stream: it is polled four times a second. */
  batches: number;
}

const pollMs = 250;

export function countPushes(reading: Reading): PushCounts {
  const { marks, secondsBetweenReads, watching, windowSeconds, byAll } = reading;
  const told = { pushes: 0, jobs: 0, batches: 0 };
  const changes = [0, ...Array.from({ length: marks }, (_, i) => (i + 1) * secondsBetweenReads)];
  const polls = Map.groupBy(changes, (seconds) => Math.ceil((seconds * 1000) / pollMs) * pollMs);
  let pushedAt = Number.NEGATIVE_INFINITY;
  let dueAt: number | undefined;
  const push = (at: number) => {
    told.pushes++;
    [pushedAt, dueAt] = [at, undefined];
  };
  for (const [now, batch] of polls) {
    told.batches++;
    if (watching === 0) continue;
    if (dueAt !== undefined && dueAt <= now) push(dueAt);
    const isSendOnly = batch.length === 1 && batch[0] === 0;
    const next = nextPush({
      ...{ now, pushedAt, dueAt, ageMs: now, watchers: watching },
      ...{ windowMs: windowSeconds * 1000, isSendOnly },
    });
    const isLast = byAll && batch.includes(changes.at(-1) ?? 0);
    if (next === 'now' || isLast) push(now);
    else {
      if (next.dueAt !== dueAt) told.jobs++;
      dueAt = next.dueAt;
    }
  }
  if (dueAt !== undefined) push(dueAt);
  return told;
}
