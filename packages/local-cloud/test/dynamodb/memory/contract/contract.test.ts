import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../../../src/dynamodb/dynamodb-local.ts';
import { comparable } from './comparable.ts';
import { type Ask, askMemory, askOverHttp } from './databases.ts';
import { Random } from './random.ts';
import { RandomCalls } from './random-calls.ts';
import type { Wire } from './random-values.ts';
import { type ContractTable, definitionOf } from './tables.ts';

/** `npm run test:nightly` sets the first, and the second is for as many as one likes. */
const sequences = Number(
  process.env.LOCAL_CLOUD_SEQUENCES ?? (process.env.SEENBY_NIGHTLY ? 2000 : 300),
);
/** With a stream, for each of its four views: DynamoDB Local looks at all records of all streams at each call. */
const sequencesWithStream = Math.ceil(
  sequences / (process.env.SEENBY_NIGHTLY || process.env.LOCAL_CLOUD_SEQUENCES ? 4 : 50),
);
const callsPerSequence = 20;
const sequencesAtOnce = 8;

describe('DynamoDB in memory and DynamoDB Local answer the same', () => {
  let emulator: DynamoDbLocal;
  let both: { memory: Ask; local: Ask };

  beforeAll(async () => {
    emulator = await startDynamoDbLocal();
    both = { memory: askMemory(), local: askOverHttp(emulator.endpoint) };
  });
  afterAll(() => emulator.stop());

  async function createTable(sort: 'N' | 'S', more: Wire = {}): Promise<ContractTable> {
    const table: ContractTable = { name: `contract-${randomUUID()}`, sort };
    for (const ask of [both.memory, both.local]) {
      expect(await ask('CreateTable', definitionOf(table, more))).not.toHaveProperty('__type');
    }
    return table;
  }

  /** Makes the calls of a seed on both and compares each answer. */
  async function runSequence(seed: number, table: ContractTable): Promise<void> {
    const calls = new RandomCalls(new Random(seed), table, `p${seed}`);
    for (let i = 0; i < callsPerSequence; i++) {
      const call = calls.next();
      const [memory, local] = await Promise.all([
        both.memory(call.operation, call.input),
        both.local(call.operation, call.input),
      ]);
      const [expected, found] = [comparable(call, local), comparable(call, memory)];
      if (isDeepStrictEqual(found, expected)) continue;
      const place = `seed ${seed}, call ${i}: ${call.operation} ${JSON.stringify(call.input)}\nin memory: ${JSON.stringify(memory)}\nDynamoDB Local: ${JSON.stringify(local)}\n`;
      expect(found, place).toEqual(expected);
    }
  }

  async function runSequences(count: number, table: ContractTable): Promise<void> {
    let next = 1;
    const runSome = async () => {
      while (next <= count) await runSequence(next++, table);
    };
    await Promise.all(Array.from({ length: sequencesAtOnce }, runSome));
  }

  async function scanAll(ask: Ask, input: Wire): Promise<string[]> {
    const items: unknown[] = [];
    let start: unknown;
    do {
      const page = await ask('Scan', {
        ...input,
        Limit: 100,
        ...(start != null && { ExclusiveStartKey: start }),
      });
      items.push(...(page.Items as unknown[]));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items
      .map((item) => JSON.stringify(comparable({ operation: 'Scan', input }, item as Wire)))
      .sort();
  }

  it.each(['N', 'S'] as const)(
    `in ${sequences / 2} random sequences of calls, sorted by %s`,
    async (sort) => {
      const table = await createTable(sort);
      await runSequences(sequences / 2, table);
      for (const IndexName of [undefined, 'byG']) {
        const input = { TableName: table.name, ...(IndexName && { IndexName }) };
        const found = await scanAll(both.memory, input);
        expect(found.length).toBeGreaterThan(sequences / 4);
        expect(found).toEqual(await scanAll(both.local, input));
      }
    },
    3_600_000,
  );

  it.each(['NEW_AND_OLD_IMAGES', 'KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE'])(
    `in ${sequencesWithStream} random sequences, and in what streams with %s tell of them`,
    async (viewType) => {
      const table = await createTable(viewType === 'KEYS_ONLY' ? 'N' : 'S', {
        StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
      });
      await runSequences(sequencesWithStream, table);
      const [memory, local] = await Promise.all([
        readStream(both.memory, table.name),
        readStream(both.local, table.name),
      ]);
      expect(memory.size).toBeGreaterThan(0);
      expect(memory).toEqual(local);
    },
    3_600_000,
  );
});

/** The records of each item in their order, without what differs from run to run. */
async function readStream(ask: Ask, TableName: string): Promise<Map<string, unknown[]>> {
  const { Table } = (await ask('DescribeTable', { TableName })) as {
    Table: { LatestStreamArn: string };
  };
  const StreamArn = Table.LatestStreamArn;
  const { StreamDescription } = (await ask('DescribeStream', { StreamArn })) as {
    StreamDescription: { Shards: { ShardId: string }[] };
  };
  const ShardId = StreamDescription.Shards[0]?.ShardId;
  const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator } = await ask('GetShardIterator', from);
  const byItem = new Map<string, unknown[]>();
  for (;;) {
    const page = await ask('GetRecords', { ShardIterator });
    const records = page.Records as { eventName: string; dynamodb: Wire }[];
    if (records.length === 0) return byItem;
    for (const { eventName, dynamodb } of records) {
      const { SequenceNumber, ApproximateCreationDateTime, ...rest } = dynamodb;
      const record = comparable({ operation: '', input: {} }, { eventName, ...rest });
      const item = JSON.stringify((record as Wire).Keys);
      byItem.set(item, [...(byItem.get(item) ?? []), record]);
    }
    ShardIterator = page.NextShardIterator;
  }
}
