import { describe, expect, it } from 'vitest';
import { DelayList } from '../../core/delay-list.ts';
import { medianOf, sampleAt, sampleOf } from '../../core/median.ts';
import { fc } from './properties.ts';

const delays = fc.array(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 31_536_000_000 })));

function naiveMedian(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : Math.round((lower + upper) / 2);
}

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
        expect(medianOf(lists.map(sampleOfList))).toBe(naiveMedian(lists.flat()));
      }),
    );
  });

  it('[ST1] takes a sample of which only the median is left as that many times its median', () => {
    fc.assert(
      fc.property(delays, fc.nat({ max: 50 }), fc.nat({ max: 9 }), (list, median, count) => {
        const all = [...list, ...Array<number>(count).fill(median)];
        expect(medianOf([sampleOfList(list), sampleAt(median, count)])).toBe(naiveMedian(all));
      }),
    );
  });
});
