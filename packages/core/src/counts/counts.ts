import type { CountRange, Counts, MessageStatus } from '@seenby/protocol/entities.ts';
import type { MemberState } from '../members/member.ts';
import { emptySet, has, type Range, type RangeSet } from '../ranges/range-set.ts';
import { audienceOf, deliveredTo } from './audience.ts';

type Step = { read: number; delivered: number; total: number };
type Steps = Map<number, Step>;

/**
 * The counts of every message from `from` to `to`, derived from the member rows alone. Messages
 * with the same counts share a range. Of recalled messages those who have read them are all there are:
 * they are unread for nobody.
 */
export function countRanges(
  members: readonly MemberState[],
  from: number,
  to: number,
  recalled: RangeSet = emptySet,
): CountRange[] {
  if (to < from) return [];
  const steps: Steps = new Map([[from, { read: 0, delivered: 0, total: 0 }]]);
  for (const member of members) {
    addSteps(steps, 'read', member.read, from, to);
    addSteps(steps, 'delivered', deliveredTo(member, to), from, to);
    addSteps(steps, 'total', audienceOf(member, to), from, to);
  }
  for (const range of recalled) addBounds(steps, range, from, to);
  return sweep(steps, to, recalled);
}

/** Marks where a set begins and where it has ended, clipped to the range asked for. */
function addSteps(steps: Steps, key: keyof Step, set: RangeSet, from: number, to: number): void {
  for (const range of set) {
    const first = Math.max(range.from, from);
    const last = Math.min(range.to, to);
    if (first > last) continue;
    stepAt(steps, first)[key] += 1;
    if (last < to) stepAt(steps, last + 1)[key] -= 1;
  }
}

/** Makes a range of counts begin where a run of messages does, and after it. */
function addBounds(steps: Steps, range: Range, from: number, to: number): void {
  if (range.from > from && range.from <= to) stepAt(steps, range.from);
  if (range.to >= from && range.to < to) stepAt(steps, range.to + 1);
}

function stepAt(steps: Steps, seq: number): Step {
  const found = steps.get(seq);
  if (found) return found;
  const step = { read: 0, delivered: 0, total: 0 };
  steps.set(seq, step);
  return step;
}

function sweep(steps: Steps, to: number, recalled: RangeSet): CountRange[] {
  const ranges: CountRange[] = [];
  const sum = { read: 0, delivered: 0, total: 0 };
  for (const seq of [...steps.keys()].sort((a, b) => a - b)) {
    const step = stepAt(steps, seq);
    sum.read += step.read;
    sum.delivered += step.delivered;
    sum.total += step.total;
    append(ranges, seq, toCounts(sum, has(recalled, seq)));
  }
  const last = ranges.at(-1);
  if (last) last.toSeq = to;
  return ranges;
}

function toCounts({ read, delivered, total }: Step, isRecalled: boolean): Counts {
  const [deliveredCount, totalCount] = isRecalled ? [read, read] : [delivered, total];
  return { readCount: read, deliveredCount, unreadCount: totalCount - read, totalCount };
}

function append(ranges: CountRange[], fromSeq: number, counts: Counts): void {
  const last = ranges.at(-1);
  if (last) {
    if (sameCounts(last, counts)) return;
    last.toSeq = fromSeq - 1;
  }
  ranges.push({ fromSeq, toSeq: fromSeq, ...counts });
}

const sameCounts = (a: Counts, b: Counts): boolean =>
  a.readCount === b.readCount &&
  a.deliveredCount === b.deliveredCount &&
  a.totalCount === b.totalCount;

/** The counts of one message. */
export function countsOf(
  members: readonly MemberState[],
  seq: number,
  recalled: RangeSet = emptySet,
): Counts {
  const [range] = countRanges(members, seq, seq, recalled);
  const { fromSeq: _from, toSeq: _to, ...counts } = range as CountRange;
  return counts;
}

/** One tick, two ticks, coloured ticks. Where nobody else is to read a message it stays at one. */
export function statusOf({
  readCount,
  deliveredCount,
  totalCount,
}: Omit<Counts, 'unreadCount'>): MessageStatus {
  if (deliveredCount < totalCount || totalCount < 2) return 'sent';
  return readCount < totalCount ? 'delivered' : 'read';
}

/** More than the changes of all members together, and than the reads and deliveries of all that is counted. */
const unit = 2 ** 29;

/**
 * What in a version every member may know: it rises as somebody comes, leaves or gets another role, as
 * settings change, and as messages come.
 *
 * @param base what the group adds.
 */
export const commonVersion = (members: readonly Versioned[], base: number): number =>
  members.reduce((sum, { turns }) => sum + turns, base);

/** What a version is made of. */
export type Versioned = Pick<MemberState, 'turns' | 'version'>;

/** A version that needs no write: it rises with every change of any member. */
export const groupVersion = (members: readonly Versioned[], base = 0): number =>
  members.reduce((sum, { version }) => sum + version, commonVersion(members, base) * unit);

/**
 * The version for who may see the counts of some messages only: it tells nothing of the others. As long as
 * nobody comes or leaves, reads and deliveries of the same messages only grow.
 *
 * @param counts of those messages.
 */
export const ownVersion = (common: number, counts: readonly CountRange[]): number =>
  counts.reduce(
    (sum, { fromSeq, toSeq, readCount, deliveredCount }) =>
      sum + (toSeq - fromSeq + 1) * (readCount + deliveredCount),
    common * unit,
  );

/** The counts of some of the messages; both ascend. */
export function clipCounts(
  counts: readonly CountRange[],
  seqs: readonly { from: number; to: number }[],
): CountRange[] {
  return seqs.flatMap(({ from, to }) =>
    counts
      .filter(({ fromSeq, toSeq }) => toSeq >= from && fromSeq <= to)
      .map((range) => ({
        ...range,
        fromSeq: Math.max(range.fromSeq, from),
        toSeq: Math.min(range.toSeq, to),
      })),
  );
}
