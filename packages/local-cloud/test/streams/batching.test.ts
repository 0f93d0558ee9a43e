import { describe, expect, it } from 'vitest';
import { decideBatch, maxBatchBytes } from '../../src/streams/records/batching.ts';
import { buildRecord, buildRecords } from './build-record.ts';

const settings = { batchSize: 3, batchingWindowMs: 1000 };
const queueOf = (records = buildRecords(1), arrivedAtMs = 0) =>
  records.map((record) => ({ record, arrivedAtMs }));

describe('decideBatch', () => {
  it('has nothing to do without records', () => {
    const decision = decideBatch([], settings, 5000);
    expect(decision).toEqual({ kind: 'wait', untilMs: Number.POSITIVE_INFINITY });
  });

  it('waits until the window, opened by the first record, closes', () => {
    const queue = [...queueOf(buildRecords(1), 100), ...queueOf([buildRecord(2)], 900)];
    expect(decideBatch(queue, settings, 1099)).toEqual({ kind: 'wait', untilMs: 1100 });
    expect(decideBatch(queue, settings, 1100)).toEqual({ kind: 'invoke', count: 2 });
  });

  it('does not wait when the batch is full', () => {
    expect(decideBatch(queueOf(buildRecords(3)), settings, 0)).toEqual({
      kind: 'invoke',
      count: 3,
    });
    expect(decideBatch(queueOf(buildRecords(5)), settings, 0)).toEqual({
      kind: 'invoke',
      count: 3,
    });
  });

  it('does not wait without a window', () => {
    const immediate = { ...settings, batchingWindowMs: 0 };
    expect(decideBatch(queueOf(buildRecords(2)), immediate, 0)).toEqual({
      kind: 'invoke',
      count: 2,
    });
  });

  it('never crosses shards', () => {
    const queue = queueOf([buildRecord(1), buildRecord(2, { shardId: 'shard-2' })]);
    expect(decideBatch(queue, settings, 0)).toEqual({ kind: 'invoke', count: 1 });
  });

  it('is full when the next record would pass the payload limit', () => {
    const half = { sizeBytes: maxBatchBytes / 2 };
    const queue = queueOf([buildRecord(1, half), buildRecord(2, half), buildRecord(3, half)]);
    expect(decideBatch(queue, { ...settings, batchSize: 100 }, 0)).toEqual({
      kind: 'invoke',
      count: 2,
    });
    const huge = queueOf([buildRecord(1, { sizeBytes: maxBatchBytes + 1 }), buildRecord(2)]);
    expect(decideBatch(huge, settings, 0)).toEqual({ kind: 'invoke', count: 1 });
  });
});
