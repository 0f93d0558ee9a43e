import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../src/dynamodb/dynamodb-local.ts';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import { type CreatedTable, createTables } from '../../src/dynamodb/tables.ts';
import { createFunctions, type Functions } from '../../src/lambda/functions.ts';
import { DeadLetterQueues } from '../../src/streams/dead-letter-queues.ts';
import {
  type EventSourceOptions,
  type EventSources,
  startEventSources,
} from '../../src/streams/event-sources.ts';
import { MappingSwitches } from '../../src/streams/mapping-switches.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';
import { SilentLine } from './silent-line.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:Queue';

/** Prints the items it gets, with their versions, as they are; fails on those that say so. */
const handler = `
  export const handler = async ({ Records }) => {
    const keys = Records.map(({ dynamodb: { NewImage: { pk, version } } }) =>
      version ? pk.S + version.N : pk.S);
    process.stdout.write(keys.join() + '\\n');
    if (keys.some((key) => key.includes('poison'))) throw new Error('poisoned');
  };
`;

function buildTemplate(mappings: Record<string, object>): Template {
  const functions = Object.keys(mappings).map((name) => [
    `${name}Function`,
    {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:asset:path': 'asset.1' },
      Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler' },
    },
  ]);
  const declared = Object.entries(mappings).map(([name, properties]) => [
    name,
    {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: `${name}Function` },
        EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
        StartingPosition: 'TRIM_HORIZON',
        ...properties,
      },
    },
  ]);
  const Table = {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  };
  const Resources = { Table, ...Object.fromEntries([...functions, ...declared]) };
  return Template.read(writeAssembly({ Resources }, { 'asset.1/index.mjs': handler }));
}

describe('startEventSources', () => {
  let dynamoDb: DynamoDbLocal;
  let client: DynamoDBClient;
  let tableCount = 0;
  const parts: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    dynamoDb = await startDynamoDbLocal();
    client = new DynamoDBClient({ endpoint: dynamoDb.endpoint, ...localAccess });
  });
  afterEach(async () => {
    for (const part of parts.splice(0)) await part.stop();
  });
  afterAll(() => dynamoDb.stop());

  async function deploy(mappings: Record<string, object>) {
    const template = buildTemplate(mappings);
    const tableNames = { Table: `table-${++tableCount}` };
    const tables = await createTables(template, dynamoDb.endpoint, { tableNames });
    const batches: Record<string, string[]> = {};
    const functions = createFunctions({
      template,
      rewrite: (value) => value,
      environment: {},
      log: ({ functionName, lines }) => {
        batches[functionName] = [...(batches[functionName] ?? []), ...lines.slice(0, 1)];
      },
    });
    parts.push(functions);
    const queues = new DeadLetterQueues();
    const start = (more: Partial<EventSourceOptions> = {}): EventSources =>
      startWith({ template, tables, functions, queues }, more);
    const put = (...keys: string[]): Promise<unknown> => putItems(tableNames.Table, keys);
    const keysOf = (mapping: string): string[] =>
      (batches[`${mapping}Function`] ?? []).flatMap((line) => line.split(','));
    const putVersion = (version: number, ...keys: string[]): Promise<unknown> =>
      putItems(tableNames.Table, keys, version);
    return { batches, queues, start, put, putVersion, keysOf };
  }

  function startWith(
    given: {
      template: Template;
      tables: Record<string, CreatedTable>;
      functions: Functions;
      queues: DeadLetterQueues;
    },
    more: Partial<EventSourceOptions>,
  ): EventSources {
    const sources = startEventSources({
      ...given,
      dynamoDbEndpoint: dynamoDb.endpoint,
      deadLetters: given.queues.add,
      pollIntervalMs: 10,
      ...more,
    });
    parts.unshift(sources);
    return sources;
  }

  async function putItems(tableName: string, keys: string[], version?: number): Promise<void> {
    const requests = keys.map((key) => ({
      PutRequest: {
        Item: { pk: { S: key }, ...(version !== undefined && { version: { N: String(version) } }) },
      },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
  }

  it('hands each mapping the records it wants', async () => {
    const pattern = { dynamodb: { Keys: { pk: { S: [{ prefix: 'b' }] } } } };
    const { start, put, keysOf } = await deploy({
      All: {},
      OnlyB: { FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } },
      Off: { Enabled: false },
    });
    const sources = start();
    await put('a1', 'b1', 'a2', 'b2');
    await sources.drained();
    expect(keysOf('All').sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(keysOf('OnlyB').sort()).toEqual(['b1', 'b2']);
    expect(keysOf('Off')).toEqual([]);
  });

  it('[FA2] sends a record that cannot be processed to the dead letters and holds up nobody', async () => {
    const notPoison = { dynamodb: { Keys: { pk: { S: [{ 'anything-but': 'poison' }] } } } };
    const { start, put, keysOf, queues } = await deploy({
      Strict: {
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: queueArn } },
      },
      Stuck: {},
      Well: { FilterCriteria: { Filters: [{ Pattern: JSON.stringify(notPoison) }] } },
    });
    const sources = start();
    await put('a', 'poison', 'b', 'c');
    await expect.poll(() => queues.messagesOf(queueArn)).toHaveLength(1);
    await expect.poll(() => keysOf('Well')).toContain('c');
    await expect.poll(() => keysOf('Strict')).toContain('c');
    expect(new Set(keysOf('Strict'))).toEqual(new Set(['a', 'b', 'c', 'poison']));
    expect(queues.messagesOf(queueArn)[0]).toMatchObject({
      requestContext: {
        condition: 'RetryAttemptsExhausted',
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:StrictFunction',
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      DDBStreamBatchInfo: { batchSize: 1, shardId: expect.any(String) },
    });
    await sources.stop();
  });

  it('[FA5] reads on when its connections to DynamoDB have fallen silent', async () => {
    const { start, put, keysOf } = await deploy({ All: {} });
    const line = await SilentLine.open(dynamoDb.endpoint);
    const sources = start({ dynamoDbEndpoint: line.endpoint, requestTimeoutMs: 1000 });
    await put('a');
    await sources.drained();
    expect(line.silence()).toBeGreaterThan(0);
    await put('b');
    await sources.drained();
    expect(keysOf('All')).toEqual(['a', 'b']);
    await sources.stop();
    line.close();
  });

  it('[FA1] goes on after a restart where it stopped', async () => {
    const { start, put, keysOf } = await deploy({ All: {}, Late: { StartingPosition: 'LATEST' } });
    await put('before');
    const first = start();
    await first.ready();
    await put('one');
    await first.drained();
    await first.stop();
    await put('two');
    await start().drained();
    expect(keysOf('All')).toEqual(['before', 'one', 'two']);
    expect(keysOf('Late')).toEqual(['one', 'two']);
  });

  it('hands nothing to a mapping that is off, and all of it once it is on again', async () => {
    const switches = new MappingSwitches();
    const { start, put, keysOf } = await deploy({ One: {}, Other: {} });
    const sources = start({ switches });
    switches.set('One', false);
    await put('a', 'b');
    // Nobody waits for what is off.
    await sources.drained();
    expect([keysOf('One'), keysOf('Other').sort()]).toEqual([[], ['a', 'b']]);
    switches.set('One', true);
    await sources.drained();
    expect(keysOf('One').sort()).toEqual(['a', 'b']);
    switches.set('One', false);
    await sources.stop();
  });

  it('keeps the records of one item in order, by as many workers as declared', async () => {
    const { start, putVersion, keysOf, batches } = await deploy({
      Wide: { ParallelizationFactor: 4, BatchSize: 2 },
    });
    const sources = start();
    for (const version of [1, 2, 3]) await putVersion(version, 'a', 'b', 'c', 'd', 'e');
    await sources.drained();
    const versions = Map.groupBy(keysOf('Wide'), (key) => key.charAt(0));
    expect([...versions.keys()].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const [key, ofItem] of versions) expect(ofItem).toEqual([`${key}1`, `${key}2`, `${key}3`]);
    expect(batches.WideFunction?.every((line) => line.split(',').length <= 2)).toBe(true);
  });

  it('takes a stream for several shards: a partition that fails holds up only its own', async () => {
    const { start, put, keysOf } = await deploy({ All: {} });
    const sources = start({ virtualShards: 8 });
    await sources.ready();
    await put('poison');
    await expect.poll(() => keysOf('All')).toContain('poison');
    const others = Array.from({ length: 16 }, (_, i) => `other-${i}`);
    await put(...others);
    // The poison is retried for ever; with it wait only those that share its shard.
    await expect
      .poll(() => new Set(keysOf('All').filter((key) => key !== 'poison')).size)
      .toBeGreaterThan(8);
  });

  it('delivers everything at least once under faults', async () => {
    const { start, put, keysOf } = await deploy({ All: { BatchSize: 2 } });
    let turn = 0;
    const sources = start({
      faults: {
        rates: { duplicate: 1, drop: 0.3, reorder: 0.5, delay: 0.5, maxDelayMs: 5 },
        random: () => (turn++ % 10) / 10,
      },
    });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    await put(...keys);
    await sources.drained();
    expect([...new Set(keysOf('All'))].sort()).toEqual(keys);
    expect(keysOf('All').length).toBeGreaterThanOrEqual(2 * keys.length);
  });
});
