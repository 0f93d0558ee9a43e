import { firstNotBefore } from './binary-search.ts';

/** A run of seqs, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Sorted ranges that neither overlap nor touch: one way only to write a set of seqs. */
export type RangeSet = readonly Range[];

export const emptySet: RangeSet = [];

/** The ranges of any seqs or ranges, in any order, repeated or not. Empty ranges are dropped. */
export function rangeSet(ranges: Iterable<Range>): RangeSet {
  const sorted = [...ranges].filter((r) => r.from <= r.to).sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

export const setOfSeqs = (seqs: Iterable<number>): RangeSet =>
  rangeSet(Array.from(seqs, (seq) => ({ from: seq, to: seq })));

export const setOfRange = (from: number, to: number): RangeSet =>
  from <= to ? [{ from, to }] : [];

export const union = (a: RangeSet, b: RangeSet): RangeSet => {
  if (a.length === 0) return b;
  return b.length === 0 ? a : rangeSet([...a, ...b]);
};

/** What of `a` is also in `b`. */
export function intersect(a: RangeSet, b: RangeSet): RangeSet {
  const common: Range[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i] as Range;
    const y = b[j] as Range;
    const from = Math.max(x.from, y.from);
    const to = Math.min(x.to, y.to);
    if (from <= to) common.push({ from, to });
    if (x.to < y.to) i++;
    else j++;
  }
  return common;
}

/** What of `a` is not in `b`. */
export function difference(a: RangeSet, b: RangeSet): RangeSet {
  const left: Range[] = [];
  let j = 0;
  for (const { from, to } of a) {
    let next = from;
    while (j < b.length && (b[j] as Range).to < from) j++;
    for (let k = j; k < b.length && (b[k] as Range).from <= to; k++) {
      const hole = b[k] as Range;
      if (next < hole.from) left.push({ from: next, to: hole.from - 1 });
      next = Math.max(next, hole.to + 1);
    }
    if (next <= to) left.push({ from: next, to });
  }
  return left;
}

/** How many seqs. */
export const sizeOf = (set: RangeSet): number =>
  set.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** The one of sorted ranges that holds `seq`. */
export function rangeAt<R extends Range>(ranges: readonly R[], seq: number): R | undefined {
  const range = ranges[firstNotBefore(ranges, ({ to }) => to < seq)];
  return range && range.from <= seq ? range : undefined;
}

/** The highest seqs of a set, so many at most. */
export function newestOf(set: RangeSet, count: number): RangeSet {
  const newest: Range[] = [];
  let left = count;
  for (let i = set.length - 1; i >= 0 && left > 0; i--) {
    const { from, to } = set[i] as Range;
    newest.unshift({ from: Math.max(from, to - left + 1), to });
    left -= to - from + 1;
  }
  return newest;
}

export const has = (set: RangeSet, seq: number): boolean => rangeAt(set, seq) !== undefined;

/** The last seq up to which everything from `start` on is in the set; `start − 1` when `start` is not. */
export const positionFrom = (set: RangeSet, start: number): number =>
  rangeAt(set, start)?.to ?? start - 1;

export const equalSets = (a: RangeSet, b: RangeSet): boolean =>
  a.length === b.length && a.every((r, i) => r.from === b[i]?.from && r.to === b[i]?.to);
