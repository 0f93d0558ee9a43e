import type { Statistics } from '@seenby/protocol/http-answers.ts';
import { emptySet, type RangeSet, setOfSeqs, sizeOf, union } from '../ranges/range-set.ts';
import { medianOf, type Sample, sampleAt, sampleOf } from './median.ts';
import type { Reading, ReadingRollUp } from './reading-roll-up.ts';

/** How a group read the messages of a day: what is kept of it once the receipts are gone. */
export interface DayStatistics {
  messages: number;
  /** Members entitled to each message, its sender left out, summed over the messages. */
  audience: number;
  reads: number;
  delaySumMs: number;
  delayCount: number;
  medianDelayMs: number | null;
  /** Ordinals of the members who read a message of somebody else. */
  readers: RangeSet;
}

/** A day, and the delays its median comes from. */
export interface CountedDay {
  day: DayStatistics;
  delays: Sample;
}

export function countDay(rollUp: ReadingRollUp): CountedDay {
  const { messages, group } = rollUp;
  const { audience, reads, delays: found } = group;
  const readers = setOfSeqs(group.readers);
  const delays = sampleOf(found.sorted());
  const medianDelayMs = medianOf([delays]);
  const [delaySumMs, delayCount] = [found.sumMs, found.count];
  return {
    day: { messages, audience, reads, delaySumMs, delayCount, medianDelayMs, readers },
    delays,
  };
}

/** A day whose receipts are gone: to the median of several days it gives its own, with its weight. */
export const countedDay = (day: DayStatistics): CountedDay => ({
  day,
  delays: sampleAt(day.medianDelayMs ?? 0, day.delayCount),
});

/** Some days as one. */
export function summarize(days: readonly CountedDay[]): Statistics {
  const sum = (key: 'messages' | 'audience' | 'reads' | 'delaySumMs' | 'delayCount') =>
    days.reduce((total, { day }) => total + day[key], 0);
  const [audience, delayCount] = [sum('audience'), sum('delayCount')];
  return {
    messages: sum('messages'),
    readRate: audience > 0 ? sum('reads') / audience : 0,
    averageReadDelayMs: averageDelay({ delaySumMs: sum('delaySumMs'), delayCount }),
    medianReadDelayMs: medianOf(days.map(({ delays }) => delays)),
    activeReaders: sizeOf(
      days.reduce<RangeSet>((all, { day }) => union(all, day.readers), emptySet),
    ),
  };
}

export const averageDelay = ({
  delaySumMs,
  delayCount,
}: Pick<Reading, 'delaySumMs' | 'delayCount'>): number | null =>
  delayCount > 0 ? Math.round(delaySumMs / delayCount) : null;
