import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../src/dynamodb/dynamodb-local.ts';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import { createTables } from '../../src/dynamodb/tables.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const key = (name: string, type: string) => ({ AttributeName: name, KeyType: type });

function templateWith(properties: Record<string, unknown> = {}): Template {
  const table = {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: ['pk', 'sk', 'userId'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byUser',
          KeySchema: [key('userId', 'HASH')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      Replicas: [{ Region: 'us-east-1' }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      ...properties,
    },
  };
  return Template.read(writeAssembly({ Resources: { Table: table } }));
}

describe('DynamoDB Local', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dynamodb-'));
  let dynamoDb: DynamoDbLocal;
  let client: DynamoDBClient;

  async function start(): Promise<void> {
    dynamoDb = await startDynamoDbLocal({ dataDir });
    client = new DynamoDBClient({ endpoint: dynamoDb.endpoint, ...localAccess });
  }

  beforeAll(start);
  afterAll(async () => {
    await dynamoDb.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('gets the tables of the template, with indexes, stream and TTL', async () => {
    const { Table: created } = await createTables(templateWith(), dynamoDb.endpoint);
    expect(created?.tableName).toBe('Table');
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: 'Table' }));
    expect(created?.streamArn).toBe(table?.LatestStreamArn);
    expect(table?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
    expect(table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['byUser']);
    const { TimeToLiveDescription: timeToLive } = await client.send(
      new DescribeTimeToLiveCommand({ TableName: 'Table' }),
    );
    expect(timeToLive).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  });

  it('gets tables under other names', async () => {
    const options = { tableNames: { Table: 'another' } };
    const { Table: created } = await createTables(templateWith(), dynamoDb.endpoint, options);
    expect(created?.tableName).toBe('another');
    expect(created?.streamArn).toContain('table/another/stream/');
  });

  it('refuses a kept table of another shape', async () => {
    const other = templateWith({ StreamSpecification: { StreamViewType: 'KEYS_ONLY' } });
    await expect(createTables(other, dynamoDb.endpoint)).rejects.toThrow(
      /Table exists with other keys/,
    );
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(dynamoDb.endpoint).port);
    await expect(startDynamoDbLocal({ port })).rejects.toThrow(
      `Port ${port}, wanted for DynamoDB Local, is taken.`,
    );
  });

  it('keeps what it holds over a restart, and its tables are reused', async () => {
    const before = await createTables(templateWith(), dynamoDb.endpoint);
    const item = { pk: { S: 'a' }, sk: { S: 'b' } };
    await client.send(new PutItemCommand({ TableName: 'Table', Item: item }));
    await dynamoDb.stop();
    await start();
    expect(await createTables(templateWith(), dynamoDb.endpoint)).toEqual(before);
    const { Item: kept } = await client.send(new GetItemCommand({ TableName: 'Table', Key: item }));
    expect(kept).toEqual(item);
  });
});
