import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import type { Night } from '../night.ts';

/** A member row of a group of its own, whose reading is in no version that there is. */
export async function putUnreadableRow({ cloud }: Pick<Night, 'cloud'>): Promise<void> {
  const [table] = Object.values(cloud.tables);
  const client = new DynamoDBClient({ endpoint: cloud.dynamoDbEndpoint, ...localAccess });
  await client.send(
    new PutItemCommand({
      TableName: table?.tableName ?? '',
      Item: {
        ...{ pk: { S: 'G#unreadable#M' }, sk: { S: 'U#somebody' } },
        ...{ groupId: { S: 'unreadable' }, role: { S: 'member' } },
        read: { B: Uint8Array.of(255, 255, 255) },
      },
    }),
  );
  client.destroy();
}
