import { randomUUID } from 'node:crypto';
import { DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { memoryRequestHandler } from '@seenby/local-cloud/dynamodb/memory/request-handler.ts';
import { expect, it } from 'vitest';
import { directDocumentClient } from '../support/service/direct-document-client.ts';

const TableName = 'Table';
const key = { pk: 'p', sk: 's' };

function openDatabase(): MemoryDynamoDb {
  const database = new MemoryDynamoDb({ nowMs: () => 0 });
  const KeySchema = [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ];
  const AttributeDefinitions = KeySchema.map(({ AttributeName }) => ({
    AttributeName,
    AttributeType: 'S',
  }));
  const table = { TableName, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' };
  expect(database.call('CreateTable', table)).toHaveProperty('output');
  return database;
}

const everyType = {
  ...{ text: 'é', number: 1.5, yes: true, nothing: null, list: [1, 'b', { c: [] }] },
  ...{ map: { deep: { deeper: -1e-7 } }, bytes: new Uint8Array([0, 255]), empty: '' },
  ...{
    numbers: new Set([1, 2]),
    words: new Set(['a', 'b']),
    blobs: new Set([new Uint8Array([7])]),
  },
};
const total = { ReturnConsumedCapacity: 'TOTAL' as const };
const refused = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
const absent = { ConditionExpression: 'attribute_not_exists(pk)', ...refused };

/** In this order: later ones meet what earlier ones have written. */
const commands = () => [
  new PutCommand({ TableName, Item: { ...key, ...everyType }, ...total }),
  new GetCommand({ TableName, Key: key, ...total }),
  new GetCommand({ TableName, Key: { pk: 'p', sk: 'none' } }),
  new PutCommand({ TableName, Item: key, ...absent }),
  new UpdateCommand({
    ...{ TableName, Key: key, ReturnValues: 'ALL_NEW' },
    UpdateExpression: 'SET #n = :n, bytes = :b REMOVE words',
    ExpressionAttributeNames: { '#n': 'number' },
    ExpressionAttributeValues: { ':n': 2, ':b': new Uint8Array([1]) },
  }),
  new UpdateCommand({ TableName, Key: key, UpdateExpression: 'SET' }),
  new BatchWriteCommand({
    RequestItems: {
      [TableName]: [{ PutRequest: { Item: { pk: 'p', sk: 't', blob: new Uint8Array([9]) } } }],
    },
  }),
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [key, { pk: 'p', sk: 't' }] } } }),
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [key, key] } } }),
  new QueryCommand({
    ...{ TableName, Limit: 1, KeyConditionExpression: 'pk = :pk' },
    ExpressionAttributeValues: { ':pk': 'p' },
  }),
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName,
          Key: { pk: 'q', sk: 's' },
          UpdateExpression: 'ADD a :a',
          ExpressionAttributeValues: { ':a': 1 },
        },
      },
      { Put: { TableName, Item: key, ...absent } },
    ],
  }),
  new TransactWriteCommand({
    TransactItems: [{ Delete: { TableName, Key: { pk: 'p', sk: 't' } } }],
  }),
  new DeleteCommand({ TableName, Key: key, ReturnValues: 'ALL_OLD' }),
  new GetCommand({ TableName: 'Other', Key: key }),
  new PutCommand({ TableName, Item: { ...key, undefinedToo: undefined } }),
];

type Send = (command: unknown) => Promise<object>;

async function outcomesOf(client: DynamoDBDocumentClient): Promise<unknown[]> {
  const send = client.send.bind(client) as Send;
  const outcomes: unknown[] = [];
  for (const command of commands()) {
    const outcome = await send(command).catch((error: Error) => ({
      ...{ isOfSdk: error instanceof DynamoDBServiceException },
      ...{ name: error.name, message: error.message },
      ...{ item: Object(error).Item, reasons: Object(error).CancellationReasons },
    }));
    outcomes.push({ command: command.constructor.name, ...outcome, $metadata: undefined });
  }
  return outcomes;
}

it('answers and throws what the SDK’s own client does', async () => {
  const requestHandler = memoryRequestHandler(openDatabase());
  const client = new DynamoDBClient({ ...localAccess, requestHandler });
  const bySdk = await outcomesOf(DynamoDBDocumentClient.from(client));
  const direct = await outcomesOf(directDocumentClient(openDatabase()));
  expect(direct).toEqual(bySdk);
  expect(bySdk.filter((outcome) => Object(outcome).isOfSdk)).toHaveLength(5);
});

it('lets middleware look at a call, change it and answer in its place', async () => {
  const client = directDocumentClient(openDatabase());
  const seen: unknown[] = [];
  const id = randomUUID();
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        seen.push(commandName);
        Object.assign(args.input, total);
        return next(args);
      },
    { step: 'initialize', name: id },
  );
  const put = await client.send(new PutCommand({ TableName, Item: key }));
  expect(put.ConsumedCapacity).toMatchObject({ CapacityUnits: 1 });
  client.middlewareStack.remove(id);
  await client.send(new GetCommand({ TableName, Key: key }));
  expect(seen).toEqual(['PutItemCommand']);
});
