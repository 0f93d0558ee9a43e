import {
  difference,
  emptySet,
  equalSets,
  has,
  intersect,
  newestOf,
  positionFrom,
  type RangeSet,
  rangeAt,
  rangeSet,
  setOfRange,
  setOfSeqs,
  sizeOf,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../support/properties.ts';
import { highestSeq, rangeSets, rangesOf, runs, seqSets, seqsOf } from './seq-sets.ts';

type Operation = (a: RangeSet, b: RangeSet) => RangeSet;
type Model = (a: Set<number>, b: Set<number>) => Set<number>;

const everySeq = Array.from({ length: highestSeq + 2 }, (_, seq) => seq);

describe('a range set', () => {
  it('is written one way only, whatever ranges it is made of', () => {
    fc.assert(
      fc.property(runs, (ranges) => {
        expect(rangeSet(ranges)).toEqual(rangesOf(seqsOf(ranges)));
      }),
    );
  });

  it('has the newest of its seqs, as many as are asked for', () => {
    fc.assert(
      fc.property(rangeSets, fc.nat(12), (set, count) => {
        const newest = [...seqsOf(set)].sort((a, b) => b - a).slice(0, count);
        expect(newestOf(set, count)).toEqual(setOfSeqs(newest));
      }),
    );
  });

  it('drops empty ranges and leaves its input alone', () => {
    const input = Object.freeze([
      Object.freeze({ from: 4, to: 5 }),
      Object.freeze({ from: 9, to: 8 }),
      Object.freeze({ from: 1, to: 3 }),
    ]);
    expect(rangeSet(input)).toEqual([{ from: 1, to: 5 }]);
    expect(setOfRange(3, 2)).toEqual(emptySet);
    expect(setOfRange(3, 3)).toEqual([{ from: 3, to: 3 }]);
  });

  it('is made of seqs in any order, repeated or not', () => {
    const shuffled = seqSets.chain((seqs) => {
      const twice = [...seqs, ...seqs];
      return fc.shuffledSubarray(twice, { minLength: twice.length });
    });
    fc.assert(
      fc.property(shuffled, (seqs) => {
        expect(setOfSeqs(seqs)).toEqual(rangesOf(new Set(seqs)));
      }),
    );
  });

  it.each<[string, Operation, Model]>([
    ['union', union, (a, b) => new Set([...a, ...b])],
    ['intersect', intersect, (a, b) => new Set([...a].filter((seq) => b.has(seq)))],
    ['difference', difference, (a, b) => new Set([...a].filter((seq) => !b.has(seq)))],
  ])('%s agrees with plain sets and keeps the form', (_, operation, model) => {
    fc.assert(
      fc.property(seqSets, seqSets, (a, b) => {
        expect(operation(rangesOf(a), rangesOf(b))).toEqual(rangesOf(model(a, b)));
      }),
    );
  });

  it('counts, finds and compares like a plain set', () => {
    fc.assert(
      fc.property(seqSets, seqSets, (seqs, others) => {
        const set = rangesOf(seqs);
        expect(sizeOf(set)).toBe(seqs.size);
        expect(everySeq.filter((seq) => has(set, seq))).toEqual(
          everySeq.filter((seq) => seqs.has(seq)),
        );
        const isSame = everySeq.every((seq) => seqs.has(seq) === others.has(seq));
        expect(equalSets(set, rangesOf(others))).toBe(isSame);
        expect(equalSets(set, rangesOf(seqs))).toBe(true);
      }),
    );
  });

  it('finds the range around a seq', () => {
    fc.assert(
      fc.property(rangeSets, (set) => {
        for (const range of set) {
          expect(rangeAt(set, range.from)).toEqual(range);
          expect(rangeAt(set, range.to)).toEqual(range);
          expect(rangeAt(set, range.to + 1)).toBeUndefined();
        }
      }),
    );
  });

  it('tells the position: the end of the unbroken run from a start', () => {
    fc.assert(
      fc.property(seqSets, fc.integer({ min: 1, max: highestSeq }), (seqs, start) => {
        let position = start - 1;
        while (seqs.has(position + 1)) position++;
        expect(positionFrom(rangesOf(seqs), start)).toBe(position);
      }),
    );
  });

  it('holds up to the highest safe integer', () => {
    const top = Number.MAX_SAFE_INTEGER;
    const high = setOfRange(top - 1, top);
    expect(union(high, setOfRange(1, top))).toEqual([{ from: 1, to: top }]);
    expect(difference(setOfRange(1, top), high)).toEqual([{ from: 1, to: top - 2 }]);
    expect(has(high, top)).toBe(true);
    expect(sizeOf(setOfRange(1, top))).toBe(top);
  });
});
