import { DelayList } from '@seenby/core/statistics/delay-list.ts';
import { medianOf, sampleAt, sampleOf } from '@seenby/core/statistics/median.ts';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../support/properties.ts';
import { referenceMedian } from '../../../support/reference/reference-median.ts';

const delays = fc.array(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 31_536_000_000 })));

function sampleOfList(values: readonly number[]) {
  const list = new DelayList();
  for (const value of values) list.add(value);
  expect(list.count).toBe(values.length);
  expect(list.sumMs).toBe(values.reduce((sum, value) => sum + value, 0));
  return sampleOf(list.sorted());
}

describe('the median of several samples', () => {
  it('[ST1] is that of all their numbers together', () => {
    fc.assert(
      fc.property(fc.array(delays, { maxLength: 5 }), (lists) => {
        expect(medianOf(lists.map(sampleOfList))).toBe(referenceMedian(lists.flat()));
      }),
    );
  });

  it('[ST1] takes a sample of which only the median is left as that many times its median', () => {
    fc.assert(
      fc.property(delays, fc.nat({ max: 50 }), fc.nat({ max: 9 }), (list, median, count) => {
        const all = [...list, ...Array<number>(count).fill(median)];
        expect(medianOf([sampleOfList(list), sampleAt(median, count)])).toBe(referenceMedian(all));
      }),
    );
  });

  it('[ST1] is that of thousands of numbers, in whatever order they come', () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
    const list = new DelayList();
    for (const value of values) list.add(value);
    expect([...list.sorted()]).toEqual(values.toSorted((a, b) => a - b));
    expect(list.count).toBe(5000);
  });
});
