import { firstNotBefore } from '@seenby/core/ranges/binary-search.ts';
import { type Range, type RangeSet, rangeAt, rangeSet } from '@seenby/core/ranges/range-set.ts';
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
  before(seq: number): Counts | undefined {
    return this.#segments[this.#firstNotBelow(seq) - 1]?.counts;
  }

  clear(): void {
    this.#segments = [];
  }

  #put(range: Segment, changed: Range[]): void {
    const first = this.#firstNotBelow(range.from);
    let next = first;
    const pieces: Segment[] = [];
    let from = range.from;
    for (let known = this.#segments[next]; known && known.from <= range.to; ) {
      if (known.from < range.from) pieces.push({ ...known, to: range.from - 1 });
      if (from < known.from) addPiece(pieces, { ...range, from, to: known.from - 1 }, changed);
      const common = { from: Math.max(known.from, from), to: Math.min(known.to, range.to) };
      if (range.version < known.version) pieces.push({ ...known, ...common });
      else addPiece(pieces, { ...range, ...common }, changed, known.counts);
      if (known.to > range.to) pieces.push({ ...known, from: range.to + 1 });
      from = common.to + 1;
      known = this.#segments[++next];
    }
    if (from <= range.to) addPiece(pieces, { ...range, from }, changed);
    this.#segments.splice(first, next - first, ...pieces);
  }

  /** Index of the first segment that does not end below a seq. */
  #firstNotBelow(seq: number): number {
    return firstNotBefore(this.#segments, ({ to }) => to < seq);
  }
}

function addPiece(pieces: Segment[], piece: Segment, changed: Range[], before?: Counts): void {
  if (!before || !sameCounts(before, piece.counts)) {
    changed.push({ from: piece.from, to: piece.to });
  }
  const last = pieces.at(-1);
  const continues = last && last.to === piece.from - 1 && last.version === piece.version;
  if (continues && last.counts === piece.counts) {
    pieces[pieces.length - 1] = { ...last, to: piece.to };
  } else pieces.push(piece);
}

const sameCounts = (a: Counts, b: Counts): boolean =>
  a.readCount === b.readCount &&
  a.deliveredCount === b.deliveredCount &&
  a.totalCount === b.totalCount;
