import type { Range, RangeSet } from '@seenby/core/ranges/range-set.ts';
import { fc } from '../../../support/properties.ts';

/** The highest seq that `seqSets` generates. */
export const highestSeq = 90;

/** Runs and single seqs in any order, overlapping, touching or apart. */
export const runs: fc.Arbitrary<Range[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: highestSeq - 12 }), fc.integer({ min: 0, max: 12 }))
    .map(([from, more]) => ({ from, to: from + more })),
  { maxLength: 8 },
);

/** The plainest form of a set of seqs: the model that range sets are held against. */
export const seqSets: fc.Arbitrary<Set<number>> = runs.map(seqsOf);

export function seqsOf(ranges: RangeSet): Set<number> {
  const seqs = new Set<number>();
  for (const { from, to } of ranges) for (let seq = from; seq <= to; seq++) seqs.add(seq);
  return seqs;
}

/** The one way to write a set as ranges, found seq by seq. */
export function rangesOf(seqs: ReadonlySet<number>): Range[] {
  const ranges: Range[] = [];
  for (const from of [...seqs].sort((a, b) => a - b)) {
    if (seqs.has(from - 1)) continue;
    let to = from;
    while (seqs.has(to + 1)) to++;
    ranges.push({ from, to });
  }
  return ranges;
}

export const rangeSets: fc.Arbitrary<RangeSet> = seqSets.map(rangesOf);
