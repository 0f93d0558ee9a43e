import type { MappingSettings } from '../mapping-settings.ts';
import type { StreamRecord } from './stream-record.ts';

/** A record in a worker's queue, with the time the mapping got it. */
export interface Arrival {
  record: StreamRecord;
  arrivedAtMs: number;
}

/** Largest event of a synchronous invocation. */
export const maxBatchBytes = 6 * 1024 * 1024;

export type BatchDecision =
  | { kind: 'invoke'; count: number }
  /** Nothing to do before `untilMs`, unless more records come. */
  | { kind: 'wait'; untilMs: number };

/**
 * Lambda invokes when the batch is full (by count or by size) or the window, which opens with the
 * first record, has closed. A batch never crosses shards, and without a window it is whatever a
 * poll has found.
 */
export function decideBatch(
  queue: readonly Arrival[],
  settings: Pick<MappingSettings, 'batchSize' | 'batchingWindowMs'>,
  nowMs: number,
): BatchDecision {
  const [first] = queue;
  if (first === undefined) return { kind: 'wait', untilMs: Number.POSITIVE_INFINITY };
  const count = countThatFit(queue, settings.batchSize);
  const closesAtMs = first.arrivedAtMs + settings.batchingWindowMs;
  const isFull = count === settings.batchSize || count < queue.length;
  return isFull || nowMs >= closesAtMs
    ? { kind: 'invoke', count }
    : { kind: 'wait', untilMs: closesAtMs };
}

function countThatFit(queue: readonly Arrival[], batchSize: number): number {
  const shardId = queue[0]?.record.shardId;
  let bytes = 0;
  let count = 0;
  for (const { record } of queue) {
    bytes += record.sizeBytes;
    const fits = count < batchSize && record.shardId === shardId && bytes <= maxBatchBytes;
    // A record alone always goes, however large.
    if (!fits && count > 0) break;
    count++;
  }
  return count;
}
