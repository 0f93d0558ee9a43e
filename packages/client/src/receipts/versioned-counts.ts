import { firstNotBefore } from '@seenby/core/ranges/binary-search.ts';
import {
  difference,
  type Range,
  type RangeSet,
  rangeAt,
  rangeSet,
} from '@seenby/core/ranges/range-set.ts';
import type { CountRange, Counts } from '@seenby/protocol/entities.ts';

interface Segment extends Range {
  readonly version: number;
  readonly counts: Counts;
}

/** The service's own counts: for every seq those of the highest version it was told with. */
export class VersionedCounts {
  #segments: Segment[] = [];

  /** Takes what is not older than what is known; answers the seqs whose counts are others now. */
  apply(ranges: readonly CountRange[], version: number): RangeSet {
    const changed: Range[] = [];
    for (const { fromSeq: from, toSeq: to, ...counts } of ranges) {
      if (from <= to) this.#put({ from, to, version, counts }, changed);
    }
    return rangeSet(changed);
  }

  at(seq: number): Counts | undefined {
    return rangeAt(this.#segments, seq)?.counts;
  }

  /** The counts of the nearest message before a seq. */
  nearestBelow(seq: number): Counts | undefined {
    return this.#segments[this.#firstNotBelow(seq) - 1]?.counts;
  }

  clear(): void {
    this.#segments = [];
  }

  #put(range: Segment, changed: Range[]): void {
    const first = this.#firstNotBelow(range.from);
    const end = firstNotBefore(this.#segments, ({ from }) => from <= range.to);
    const known = this.#segments.slice(first, end);
    const newer = known.filter(({ version }) => version > range.version);
    const taken = difference([range], newer);
    const same = known.filter(({ counts }) => sameCounts(counts, range.counts));
    changed.push(...difference(taken, same));
    const left = known.flatMap((each) => partsOf(each, difference([each], taken)));
    const pieces = [...left, ...partsOf(range, taken)].sort((a, b) => a.from - b.from);
    this.#segments.splice(first, known.length, ...pieces);
  }

  /** Index of the first segment that does not end below a seq. */
  #firstNotBelow(seq: number): number {
    return firstNotBefore(this.#segments, ({ to }) => to < seq);
  }
}

const partsOf = (segment: Segment, ranges: RangeSet): Segment[] =>
  ranges.map(({ from, to }) => ({ ...segment, from, to }));

const sameCounts = (a: Counts, b: Counts): boolean =>
  a.readCount === b.readCount &&
  a.deliveredCount === b.deliveredCount &&
  a.totalCount === b.totalCount;
