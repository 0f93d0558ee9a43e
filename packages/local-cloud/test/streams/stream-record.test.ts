import { describe, expect, it } from 'vitest';
import { toStreamRecord } from '../../src/streams/records/stream-record.ts';

const origin = {
  shardId: 'shard-1',
  streamArn: 'arn:aws:dynamodb:ddblocal:000000000000:table/Table/stream/x',
};
const minute = Date.UTC(2026, 0, 1, 12, 0);

function recordSeenAt(seenAtMs: number) {
  const record = {
    eventID: 'e1',
    eventName: 'MODIFY' as const,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'ddblocal',
    dynamodb: {
      ApproximateCreationDateTime: new Date(minute),
      Keys: { pk: { S: 'a' } },
      NewImage: { pk: { S: 'a' }, bits: { B: new Uint8Array([1, 2]) }, list: { L: [{ N: '1' }] } },
      SequenceNumber: '000000000000000000123',
      SizeBytes: 26,
      StreamViewType: 'NEW_AND_OLD_IMAGES' as const,
    },
  };
  return toStreamRecord(record, { ...origin, seenAtMs });
}

describe('toStreamRecord', () => {
  it('gives the shape that Lambda gives', () => {
    expect(recordSeenAt(minute + 20_500).event).toEqual({
      eventID: 'e1',
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: minute / 1000 + 20,
        Keys: { pk: { S: 'a' } },
        NewImage: { pk: { S: 'a' }, bits: { B: 'AQI=' }, list: { L: [{ N: '1' }] } },
        SequenceNumber: '000000000000000000123',
        SizeBytes: 26,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/Table/stream/x',
    });
  });

  it('takes no record for older than it can be, its time being cut to the minute', () => {
    expect(recordSeenAt(minute + 59_000).writtenAtMs).toBe(minute + 59_000);
    expect(recordSeenAt(minute + 600_000).writtenAtMs).toBe(minute + 59_999);
  });
});
