import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShardProgress } from '../../src/streams/shard-progress.ts';
import { buildRecords } from './build-record.ts';

describe('ShardProgress', () => {
  it('keeps the checkpoint before the first record that is not done, in any order of finishing', () => {
    const anyOrder = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.shuffledSubarray(Array.from({ length: count }, (_, index) => index)).map((order) => ({
        count,
        order,
      })),
    );
    fc.assert(
      fc.property(anyOrder, ({ count, order }) => {
        const records = buildRecords(count);
        const progress = new ShardProgress('0');
        for (const record of records) progress.begin(record);
        for (const index of order) {
          const record = records[index];
          if (record === undefined) throw new Error('out of range');
          progress.finish(record);
          progress.finish(record);
        }
        const open = records.filter((_, index) => !order.includes(index));
        expect(progress.unfinished()).toEqual(open);
        const last = open[0] === undefined ? count : Number(open[0].sequenceNumber) - 1;
        expect(progress.checkpoint).toBe(String(last));
      }),
    );
  });
});
