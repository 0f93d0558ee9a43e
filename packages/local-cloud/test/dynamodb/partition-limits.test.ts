import { randomUUID } from 'node:crypto';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import { PartitionLimits } from '../../src/dynamodb/partition-limits.ts';
import { createTables } from '../../src/dynamodb/tables.ts';
import { openDynamoDbProxy } from '../../src/permissions/dynamodb-proxy.ts';
import { readKnownTables } from '../../src/permissions/key-schemas.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const template = Template.read(
  writeAssembly({
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
            ...{ AttributeName, AttributeType: 'S' },
          })),
          KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
        },
      },
    },
  }),
);
const TableName = `partitions-${randomUUID()}`;
const dynamoDbEndpoint = inject('dynamoDbEndpoint');
const clock = new ManualClock();
let proxy: Awaited<ReturnType<typeof openDynamoDbProxy>>;
let client: DynamoDBClient;

beforeAll(async () => {
  const tableNames = { Table: TableName };
  const tables = await createTables(template, dynamoDbEndpoint, { tableNames });
  proxy = await openDynamoDbProxy({
    ...{ dynamoDbEndpoint, tables: readKnownTables(template, tables), authorize: () => undefined },
    limits: new PartitionLimits({ readUnits: 2, writeUnits: 3 }, clock),
    reportFault: (cause) => expect.fail(String(cause)),
  });
  client = new DynamoDBClient({ endpoint: proxy.url, ...localAccess, maxAttempts: 1 });
});
beforeEach(() => clock.advance(10_000));
afterAll(async () => {
  client.destroy();
  await proxy.close();
});

/** A kilobyte takes a unit. */
const put = (pk: string, kilobytes: number) => {
  const text = { S: 'x'.repeat(kilobytes * 1024 - 100) };
  return client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: pk0, text } }));
};
const pk0 = { S: '0' };
const get = (pk: string) =>
  client.send(
    new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: pk0 }, ConsistentRead: true }),
  );

const throttled = (reason: string) => ({
  name: 'ThrottlingException',
  ThrottlingReasons: [{ reason, resource: expect.stringContaining('table/Table') }],
});

describe('[AW1] the throughput of a partition key', () => {
  it('lets writes through until their units are spent, and again a second later', async () => {
    await put('a', 2);
    await put('a', 2);
    await expect(put('a', 1)).rejects.toMatchObject(
      throttled('TableWriteKeyRangeThroughputExceeded'),
    );
    clock.advance(1_000);
    await put('a', 1);
  });

  it('is that of one key: others are written, and this one is read', async () => {
    await put('b', 3);
    await expect(put('b', 1)).rejects.toMatchObject({ name: 'ThrottlingException' });
    await put('c', 1);
    expect((await get('b')).Item).toBeDefined();
  });

  it('counts what a query reads, and asks for it as the caller did not', async () => {
    await put('d', 3);
    const query = new QueryCommand({
      ...{ TableName, KeyConditionExpression: 'pk = :pk', ConsistentRead: true },
      ExpressionAttributeValues: { ':pk': { S: 'd' } },
    });
    await client.send(query);
    await client.send(query);
    await expect(client.send(query)).rejects.toMatchObject(
      throttled('TableReadKeyRangeThroughputExceeded'),
    );
  });

  it('is spent by a write that its condition refuses', async () => {
    const refused = new PutItemCommand({
      ...{ TableName, Item: { pk: { S: 'e' }, sk: pk0 } },
      ConditionExpression: 'attribute_exists(pk)',
    });
    for (let i = 0; i < 3; i++) {
      await expect(client.send(refused)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
      });
    }
    await expect(client.send(refused)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
