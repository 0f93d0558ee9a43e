import type { Tracking } from '@seenby/protocol/entities.ts';

/** From one time to another, both included, in epoch milliseconds. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a group knows of its tracking. */
interface Tracked {
  readonly tracking: Tracking;
  readonly trackingSince: number;
  readonly privateTimes: readonly TimeSpan[];
}

/** With one more the two oldest are merged: the row of a group stays small, and nothing private is shown. */
const maxSpans = 10;

/** When the group kept its reading to itself: what was read then counts as read, and has no time. */
export const privateTimesOf = ({ tracking, trackingSince, privateTimes }: Tracked): TimeSpan[] =>
  tracking === 'positions'
    ? [...privateTimes, { fromMs: trackingSince, toMs: Number.POSITIVE_INFINITY }]
    : [...privateTimes];

export const isPrivateTime = (times: readonly TimeSpan[], at: number): boolean =>
  times.some(({ fromMs, toMs }) => at >= fromMs && at <= toMs);

/** What a change of tracking leaves behind: the time until now, if it was private. */
export function afterTracking(group: Tracked, now: number): TimeSpan[] {
  const times = privateTimesOf(group).map(({ fromMs, toMs }) => ({
    fromMs,
    toMs: Math.min(toMs, now),
  }));
  if (times.length <= maxSpans) return times;
  const [first, second, ...rest] = times;
  return first && second ? [{ fromMs: first.fromMs, toMs: second.toMs }, ...rest] : times;
}
