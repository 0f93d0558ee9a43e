import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { storedSize } from '../../test/support/service/item-size.ts';
import type { Item } from './keyed-table.ts';

/** What DynamoDB bills for keeping a whole table, its indexes left out. */
export async function storedBytes(
  documents: DynamoDBDocumentClient,
  tableName: string,
): Promise<number> {
  let bytes = 0;
  let start: Item | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: tableName, ...(start && { ExclusiveStartKey: start }) }),
    );
    for (const item of page.Items ?? []) bytes += storedSize(item);
    start = page.LastEvaluatedKey;
  } while (start);
  return bytes;
}
