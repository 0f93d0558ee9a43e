import type { StreamRecord } from '../../src/streams/records/stream-record.ts';

/** A record of one item, numbered. */
export function buildRecord(sequence: number, overrides: Partial<StreamRecord> = {}): StreamRecord {
  return {
    shardId: 'shard-1',
    sequenceNumber: String(sequence),
    itemKey: `item-${sequence}`,
    writtenAtMs: 0,
    sizeBytes: 100,
    event: { sequence },
    ...overrides,
  };
}

export function buildRecords(count: number): StreamRecord[] {
  return Array.from({ length: count }, (_, index) => buildRecord(index + 1));
}
