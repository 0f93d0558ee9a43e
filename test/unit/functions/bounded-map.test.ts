import { describe, expect, it } from 'vitest';
import { BoundedMap } from '../../../functions/runtime/bounded-map.ts';

function filled(max: number, entries: number): BoundedMap<number, string> {
  const map = new BoundedMap<number, string>(max);
  for (let n = 1; n <= entries; n++) map.set(n, `value ${n}`);
  return map;
}

const keysIn = (map: BoundedMap<number, string>, last: number) =>
  Array.from({ length: last }, (_, i) => i + 1).filter((n) => map.has(n));

describe('a bounded map', () => {
  it('keeps as many entries as it may', () => {
    expect(keysIn(filled(20, 20), 20)).toHaveLength(20);
  });

  it('forgets a tenth, the ones that were set longest ago, with one entry more', () => {
    expect(keysIn(filled(20, 21), 21)).toEqual([
      ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
    ]);
  });

  it('takes what is set again for new', () => {
    const map = filled(20, 20);
    map.set(1, 'again');
    map.set(21, 'one more');
    expect(map.get(1)).toBe('again');
    expect(map.has(2)).toBe(false);
  });

  it('keeps its last entry, however small it is', () => {
    expect(filled(1, 3).get(3)).toBe('value 3');
  });
});
