import { randomUUID } from 'node:crypto';
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import { createTables } from '../../src/dynamodb/tables.ts';
import { openDynamoDbProxy } from '../../src/permissions/dynamodb-proxy.ts';
import { readKnownTables } from '../../src/permissions/key-schemas.ts';
import { Permissions } from '../../src/permissions/permissions.ts';
import { allow, withRole } from './with-roles.ts';

const tableArn = { 'Fn::GetAtt': ['Table', 'Arn'] };
const template = withRole(
  [
    allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tableArn, {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'G#*' },
    }),
  ],
  {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    },
  },
);
const TableName = `proxy-${randomUUID()}`;
const dynamoDbEndpoint = inject('dynamoDbEndpoint');
const consumed = { readUnits: 0, writeUnits: 0 };
const faults: unknown[] = [];
let proxy: Awaited<ReturnType<typeof openDynamoDbProxy>>;

beforeAll(async () => {
  const tables = await createTables(template, dynamoDbEndpoint, {
    tableNames: { Table: TableName },
  });
  proxy = await openDynamoDbProxy({
    ...{ dynamoDbEndpoint, tables: readKnownTables(template, tables) },
    authorize: new Permissions(template, () => {}).authorize,
    consumed,
    reportFault: (cause) => faults.push(cause),
  });
});
afterAll(async () => {
  await proxy.close();
  expect(faults).toEqual([]);
});

const clientOf = (accessKeyId: string) =>
  new DynamoDBClient({
    ...{ endpoint: proxy.url, region: localAccess.region, maxAttempts: 1 },
    credentials: { accessKeyId, secretAccessKey: 'x' },
  });
const put = (pk: string) => new PutItemCommand({ TableName, Item: { pk: { S: pk } } });

describe('[AW1] DynamoDB as a function reaches it', () => {
  it('does what the role allows, in the database of everybody', async () => {
    const Item = { pk: { S: 'G#1' } };
    await clientOf('Caller').send(put('G#1'));
    const get = new GetItemCommand({ TableName, Key: Item });
    const direct = new DynamoDBClient({ endpoint: dynamoDbEndpoint, ...localAccess });
    expect([await direct.send(get), await clientOf('Caller').send(get)]).toMatchObject([
      ...[{ Item }, { Item }],
    ]);
  });

  it('refuses the rest as AWS does, with the name that the table has in the template', async () => {
    await expect(clientOf('Caller').send(put('U#1'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
      message: expect.stringMatching(/dynamodb:PutItem on resource: arn:.*:table\/Table /),
    });
  });

  it('passes on errors of the database as they are', async () => {
    const twice = new PutItemCommand({
      ...{ TableName, Item: { pk: { S: 'G#2' } }, ConditionExpression: 'attribute_exists(pk)' },
    });
    await expect(clientOf('Caller').send(twice)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });

  it('counts what calls take, a write that its condition refused and a read of nothing included', async () => {
    const caller = clientOf('Caller');
    const read = (pk: string, ConsistentRead: boolean) =>
      caller.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } }, ConsistentRead }));
    const taken = async (call: () => Promise<unknown>) => {
      const before = { ...consumed };
      await call();
      return [consumed.readUnits - before.readUnits, consumed.writeUnits - before.writeUnits];
    };
    const refused = new PutItemCommand({
      ...{ TableName, Item: { pk: { S: 'G#none' } }, ConditionExpression: 'attribute_exists(pk)' },
    });
    const large = new PutItemCommand({
      ...{ TableName, Item: { pk: { S: 'G#large' }, text: { S: 'x'.repeat(2000) } } },
    });
    expect(await taken(() => caller.send(put('G#3')))).toEqual([0, 1]);
    expect(await taken(() => caller.send(large))).toEqual([0, 2]);
    expect(await taken(() => caller.send(refused).catch(() => {}))).toEqual([0, 1]);
    expect(await taken(() => read('G#3', true))).toEqual([1, 0]);
    expect(await taken(() => read('G#nobody', false))).toEqual([0.5, 0]);
    expect(await taken(() => caller.send(put('U#1')).catch(() => {}))).toEqual([0, 0]);
  });

  it('lets the operator do anything, and a stranger nothing', async () => {
    expect((await clientOf('local').send(new ListTablesCommand())).TableNames).toContain(TableName);
    await expect(clientOf('Stranger').send(put('G#1'))).rejects.toThrow('security token');
  });
});
