import { describe, expect, it } from 'vitest';
import { VarintReader, VarintWriter } from '../../../functions/store/codecs/varint.ts';
import { fc } from '../../support/properties.ts';

const bytesOf = (...values: number[]): Uint8Array =>
  values.reduce((writer, value) => writer.write(value), new VarintWriter()).bytes();

function readAll(bytes: Uint8Array): number[] {
  const reader = new VarintReader(bytes);
  const values: number[] = [];
  while (!reader.done) values.push(reader.read());
  return values;
}

describe('a varint', () => {
  it.each([
    [0, 1],
    [1, 1],
    [127, 1],
    [128, 2],
    [16_383, 2],
    [16_384, 3],
    [2 ** 31 - 1, 5],
    [2 ** 31, 5],
    [2 ** 32, 5],
    [2 ** 35 - 1, 5],
    [2 ** 35, 6],
    [Date.UTC(2026, 0, 1), 6],
    [2 ** 49 - 1, 7],
    [2 ** 49, 8],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('of %i takes %i bytes and comes back', (value, length) => {
    const bytes = bytesOf(value);
    expect(bytes).toHaveLength(length);
    expect(readAll(bytes)).toEqual([value]);
  });

  it('comes back among others', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (values) => {
        expect(readAll(bytesOf(...values))).toEqual(values);
      }),
    );
  });

  it('that is cut short is a fault, not a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 128, max: Number.MAX_SAFE_INTEGER }), (value) => {
        const bytes = bytesOf(value);
        expect(() => new VarintReader(bytes.subarray(0, -1)).read()).toThrow(RangeError);
      }),
    );
    expect(() => new VarintReader(new Uint8Array()).read()).toThrow('cut short');
  });
});
