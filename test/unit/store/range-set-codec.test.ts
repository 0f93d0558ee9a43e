import { type RangeSet, setOfRange } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import {
  decodeRangeSet,
  encodeRangeSet,
  readRanges,
  writeRanges,
} from '../../../functions/store/codecs/range-set-codec.ts';
import { VarintReader, VarintWriter } from '../../../functions/store/codecs/varint.ts';
import { fc } from '../../support/properties.ts';
import { rangeSets } from '../core/ranges/seq-sets.ts';

const shifted = (set: RangeSet, by: number): RangeSet =>
  set.map(({ from, to }) => ({ from: from + by, to: to + by }));

describe('a stored range set', () => {
  it('comes back as it was, wherever the seqs stand', () => {
    const offsets = fc.constantFrom(0, 1_000_000, Number.MAX_SAFE_INTEGER - 200);
    fc.assert(
      fc.property(rangeSets, offsets, (set, by) => {
        const moved = shifted(set, by);
        expect(decodeRangeSet(encodeRangeSet(moved))).toEqual(moved);
      }),
    );
  });

  it('reads no further than its own ranges where others follow', () => {
    fc.assert(
      fc.property(rangeSets, rangeSets, (first, second) => {
        const writer = new VarintWriter();
        writeRanges(writer, first);
        writeRanges(writer, second);
        const reader = new VarintReader(writer.bytes());
        expect(readRanges(reader, first.length)).toEqual(first);
        expect(readRanges(reader, second.length)).toEqual(second);
        expect(reader.done).toBe(true);
      }),
    );
  });

  it('costs a few bytes for a position and two a range for what is read ahead', () => {
    expect(encodeRangeSet([])).toHaveLength(0);
    expect(encodeRangeSet(setOfRange(1, 100))).toHaveLength(4);
    expect(encodeRangeSet(setOfRange(1, 1_000_000))).toHaveLength(6);
    const scattered = Array.from({ length: 100 }, (_, i) => 5_000_000 + 10 * i);
    const ahead = scattered.map((seq) => ({ from: seq, to: seq + 1 }));
    expect(encodeRangeSet(ahead).length).toBeLessThanOrEqual(2 * ahead.length + 5);
  });

  it('costs a bit for each seq where every second one is read', () => {
    const gappy = Array.from({ length: 5000 }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));
    expect(encodeRangeSet(gappy).length).toBeLessThanOrEqual(1260);
    expect(decodeRangeSet(encodeRangeSet(gappy))).toEqual(gappy);
    const late = shifted(gappy, 2 ** 40);
    expect(decodeRangeSet(encodeRangeSet(late))).toEqual(late);
  });
});
