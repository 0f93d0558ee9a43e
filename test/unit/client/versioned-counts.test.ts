import type { CountRange } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { VersionedCounts } from '../../../packages/client/src/receipts/versioned-counts.ts';
import { fc } from '../../support/properties.ts';

const range = (fromSeq: number, toSeq: number, readCount: number): CountRange => ({
  ...{ fromSeq, toSeq, readCount, unreadCount: 9 - readCount },
  ...{ deliveredCount: 9, totalCount: 9 },
});

const seqs = Array.from({ length: 20 }, (_, i) => i + 1);
const readAt = (counts: VersionedCounts) => seqs.map((seq) => counts.at(seq)?.readCount);

/** Of those that are not known themselves. */
const readBefore = (counts: VersionedCounts, unknown: readonly number[]) =>
  unknown.map((seq) => counts.nearestBelow(seq)?.readCount);

const nearestBelow = (seq: number, known: ReadonlyMap<number, unknown>): number =>
  Math.max(...[...known.keys()].filter((each) => each < seq));

/** A few ranges that ascend, as the service sends them, and their version. */
const updates = fc.array(
  fc.record({
    version: fc.integer({ min: 1, max: 4 }),
    ranges: fc
      .uniqueArray(fc.integer({ min: 1, max: 21 }), { minLength: 2, maxLength: 7 })
      .chain((cuts) => {
        const ends = cuts.sort((a, b) => a - b);
        const reads = fc.array(fc.nat({ max: 9 }), { minLength: 7, maxLength: 7 });
        return reads.map((list) =>
          ends.slice(1).map((end, i) => range(ends[i] ?? 1, end - 1, list[i] ?? 0)),
        );
      }),
  }),
  { maxLength: 8 },
);

describe('the counts of a group', () => {
  it('[PU4] are for every message those of the highest version, the last word of equal ones', () => {
    let compared = 0;
    fc.assert(
      fc.property(updates, (list) => {
        const counts = new VersionedCounts();
        const expected = new Map<number, { version: number; read: number }>();
        for (const { version, ranges } of list) {
          const changed = counts.apply(ranges, version);
          const told: number[] = [];
          for (const { fromSeq, toSeq, readCount: read } of ranges) {
            for (let seq = fromSeq; seq <= toSeq; seq++) {
              const known = expected.get(seq);
              if (known && version < known.version) continue;
              if (known?.read !== read) told.push(seq);
              expected.set(seq, { version, read });
            }
          }
          expect(readAt(counts)).toEqual(seqs.map((seq) => expected.get(seq)?.read));
          const unknown = seqs.filter((seq) => !expected.has(seq));
          expect(readBefore(counts, unknown)).toEqual(
            unknown.map((seq) => expected.get(nearestBelow(seq, expected))?.read),
          );
          expect(changed.flatMap(({ from, to }) => seqs.slice(from - 1, to))).toEqual(told);
          compared += told.length;
        }
      }),
    );
    expect(compared).toBeGreaterThan(0);
  });

  it('are unknown outside of what was told, and before it those of the message below', () => {
    const counts = new VersionedCounts();
    expect([counts.at(1), counts.nearestBelow(1)]).toEqual([undefined, undefined]);
    counts.apply([range(3, 5, 1), range(8, 8, 2)], 1);
    expect([2, 3, 5, 6, 8, 9].map((seq) => counts.at(seq)?.readCount)).toEqual([
      ...[undefined, 1, 1, undefined, 2, undefined],
    ]);
    expect([3, 6, 8, 9].map((seq) => counts.nearestBelow(seq)?.readCount)).toEqual([
      undefined,
      1,
      1,
      2,
    ]);
  });

  it('ignore an empty range, and are forgotten as a whole', () => {
    const counts = new VersionedCounts();
    counts.apply([range(1, 9, 1)], 1);
    expect(counts.apply([range(5, 4, 7)], 2)).toEqual([]);
    expect(counts.at(5)?.readCount).toBe(1);
    counts.clear();
    expect(readAt(counts)).toEqual(seqs.map(() => undefined));
    expect(counts.nearestBelow(20)).toBeUndefined();
  });
});
