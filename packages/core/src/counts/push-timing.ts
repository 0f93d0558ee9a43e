/** A push within this of its time need not wait for it. */
const pollMs = 250;
/** The longest that counts of a message may be out of date, however old it is. */
const maxStaleMs = 300_000;
/** A push that is due may still be on its way for so long; after that, whatever makes the next one makes it as well. */
export const lateMs = 2000;
/** So few are told within the shortest time, whatever the age of a message. */
export const fewWatchers = 20;

export interface PushTimes {
  now: number;
  /** When the group's counts were last pushed. */
  pushedAt: number;
  /** When a push is due anyway. */
  dueAt: number | undefined;
  /** Of the newest message whose counts have changed. */
  ageMs: number;
  /** Connections that have the group open. */
  watchers: number;
  /** How long counts are gathered at the least. */
  windowMs: number;
  /** Messages were sent and nothing else happened: nobody waits to see that their authors have read them. */
  isSendOnly: boolean;
}

/** How long the counts of a message may be out of date: half its age. */
export const maxStaleness = ({
  ageMs,
  watchers,
  windowMs,
}: Pick<PushTimes, 'ageMs' | 'watchers' | 'windowMs'>): number =>
  watchers <= fewWatchers ? windowMs : Math.min(maxStaleMs, Math.max(windowMs, ageMs / 2));

/**
 * When a change is to be pushed: at once after a quiet time, and with others when there has just been
 * a push. The delay of a job in the queue is of whole seconds.
 */
export function nextPush(times: PushTimes): { delaySeconds: number; dueAt: number } | 'now' {
  const { now, pushedAt, dueAt = Number.POSITIVE_INFINITY, isSendOnly } = times;
  const staleMs = maxStaleness(times);
  const isQuiet = pushedAt + staleMs - pollMs <= now && !isSendOnly;
  if (staleMs === 0 || isQuiet || dueAt <= now - lateMs) return 'now';
  const delaySeconds = Math.max(1, Math.floor((staleMs - pollMs) / 1000));
  return { delaySeconds, dueAt: Math.min(dueAt, now + delaySeconds * 1000) };
}
