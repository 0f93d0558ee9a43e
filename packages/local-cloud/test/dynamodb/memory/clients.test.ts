import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { localAccess } from '../../../src/dynamodb/local-access.ts';
import { serveMemoryDynamoDb } from '../../../src/dynamodb/memory/memory-server.ts';
import { memoryRequestHandler } from '../../../src/dynamodb/memory/request-handler.ts';
import { exampleTable, keyOf, TableName } from './example-table.ts';

async function open(way: string) {
  const { database } = exampleTable();
  if (way === 'in process') {
    const requestHandler = memoryRequestHandler(database);
    const client = new DynamoDBClient({ requestHandler, ...localAccess });
    return { client, close: async () => client.destroy() };
  }
  const { endpoint, stop } = await serveMemoryDynamoDb({ database });
  const client = new DynamoDBClient({ endpoint, ...localAccess });
  return { client, close: stop };
}

describe.each(['in process', 'over HTTP'])('a client of the AWS SDK %s', (way) => {
  it('gets values and errors as from DynamoDB', async () => {
    const { client, close } = await open(way);
    const Item = { ...keyOf('a', 1), b: { B: new Uint8Array([1, 2, 255]) }, s: { SS: ['ä'] } };
    await client.send(new PutItemCommand({ TableName, Item }));
    const read = await client.send(new GetItemCommand({ TableName, Key: keyOf('a', 1) }));
    expect(read.Item).toEqual(Item);
    const put = {
      ...{ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    const refused = await client.send(new PutItemCommand(put)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
    expect(refused).toMatchObject({ message: 'The conditional request failed', Item });
    const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put: put }] });
    const canceled = await client.send(transaction).catch((error: unknown) => error);
    expect(canceled).toBeInstanceOf(TransactionCanceledException);
    expect(canceled).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });
    await close();
  });
});
