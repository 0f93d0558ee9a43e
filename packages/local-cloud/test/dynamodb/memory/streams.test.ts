import { expect, it } from 'vitest';
import { type ExampleTable, exampleTable, keyOf } from './example-table.ts';

const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };

interface Description {
  StreamDescription: { Shards: { ShardId: string }[] };
}

function openStream({ call }: ExampleTable) {
  const { Table } = call('DescribeTable') as { Table: { LatestStreamArn: string } };
  const StreamArn = Table.LatestStreamArn;
  const { StreamDescription } = call('DescribeStream', { StreamArn }) as unknown as Description;
  const ShardId = StreamDescription.Shards[0]?.ShardId;
  const iterator = (ShardIteratorType: string, SequenceNumber?: string) =>
    call('GetShardIterator', { StreamArn, ShardId, ShardIteratorType, SequenceNumber });
  const read = (from: object, more = {}) =>
    call('GetRecords', { ...from, ...more }) as {
      Records: { eventName: string; dynamodb: { SequenceNumber: string }; userIdentity?: object }[];
      NextShardIterator?: string;
    };
  return { iterator, read };
}

it('a stream holds what has changed, and nothing for a write that changes nothing', () => {
  const table = exampleTable({}, { StreamSpecification });
  const { iterator, read } = openStream(table);
  const latest = iterator('LATEST');
  for (const v of ['1', '1.0', '2']) {
    table.call('PutItem', { Item: { ...keyOf('a', 1), v: { N: v } } });
  }
  table.call('DeleteItem', { Key: keyOf('a', 1) });
  table.call('DeleteItem', { Key: keyOf('a', 1) });
  const { Records, NextShardIterator } = read(latest, { Limit: 2 });
  expect(Records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
  expect(Records[1]).toMatchObject({
    dynamodb: { OldImage: { v: { N: '1' } }, NewImage: { v: { N: '2' } } },
  });
  const rest = read({ ShardIterator: NextShardIterator });
  expect(rest.Records.map(({ eventName }) => eventName)).toEqual(['REMOVE']);
  const second = Records[1]?.dynamodb.SequenceNumber;
  expect(read(iterator('AT_SEQUENCE_NUMBER', second)).Records).toHaveLength(2);
  expect(read(iterator('AFTER_SEQUENCE_NUMBER', second)).Records).toHaveLength(1);
  table.call('DeleteTable');
  const end = read(iterator('TRIM_HORIZON'));
  expect(end.Records).toHaveLength(3);
  expect(end).not.toHaveProperty('NextShardIterator');
});

it('time to live deletes what has expired, in the name of the service', () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const table = exampleTable({ nowMs: () => nowMs }, { StreamSpecification });
  const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expiresAt' };
  table.call('UpdateTimeToLive', { TimeToLiveSpecification });
  [nowMs / 1000 - 1, nowMs / 1000 + 1, 1].forEach((expiresAt, i) => {
    table.call('PutItem', { Item: { ...keyOf('a', i), expiresAt: { N: String(expiresAt) } } });
  });
  expect(table.database.expireItems()).toBe(1);
  const { iterator, read } = openStream(table);
  expect(read(iterator('TRIM_HORIZON')).Records.at(-1)).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    dynamodb: { Keys: keyOf('a', 0) },
  });
});
