import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import pMap from 'p-map';

const writesAtOnce = 20;

/**
 * The design that Seenby is measured against: one row per message and member, made when the message
 * is sent and updated when the member reads it; its count is a Query of the message's rows. Writes
 * and reads really happen, in a table of its own at this endpoint, for one message.
 */
export async function writeRowPerReceipt(endpoint: string, userIds: string[]): Promise<void> {
  const client = new DynamoDBClient({ endpoint, ...localAccess });
  const table = { TableName: `row-per-receipt-${crypto.randomUUID()}` };
  try {
    await createTable(client, table.TableName);
    const keys = userIds.map((userId) => ({
      messageId: { S: 'team-of-500x.1' },
      userId: { S: userId },
    }));
    const now = { N: String(Date.now()) };
    await pMap(
      keys,
      (key) =>
        client.send(
          new PutItemCommand({
            ...table,
            Item: { ...key, groupId: { S: 'team-of-500x' }, status: { S: 'sent' }, sentAt: now },
            ConditionExpression: 'attribute_not_exists(userId)',
          }),
        ),
      { concurrency: writesAtOnce },
    );
    await pMap(
      keys.slice(1),
      (key) =>
        client.send(
          new UpdateItemCommand({
            ...table,
            Key: key,
            UpdateExpression: 'SET #status = :read, readAt = :now',
            ConditionExpression: '#status <> :read',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':read': { S: 'read' }, ':now': now },
          }),
        ),
      { concurrency: writesAtOnce },
    );
    await countReaders(client, table.TableName);
    await client.send(new DeleteTableCommand(table));
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'messageId', AttributeType: 'S' },
        { AttributeName: 'userId', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'messageId', KeyType: 'HASH' },
        { AttributeName: 'userId', KeyType: 'RANGE' },
      ],
    }),
  );
}

async function countReaders(client: DynamoDBClient, tableName: string): Promise<void> {
  await client.send(
    new QueryCommand({
      TableName: tableName,
      Select: 'COUNT',
      ConsistentRead: true,
      KeyConditionExpression: 'messageId = :message',
      FilterExpression: '#status = :read',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':message': { S: 'team-of-500x.1' },
        ':read': { S: 'read' },
      },
    }),
  );
}
