import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { itemSize } from '../../support/service/item-size.ts';
import type { RowSizes } from './sample.ts';

/** Partitions that the rows of all users' connections are in. */
const connectionPartitions = Array.from({ length: 8 }, (_, i) => `K#${i}`);

/** Looks into the table of the service for its largest rows. */
export class RowSizeReader {
  readonly #client: DynamoDBClient;
  readonly #documents: DynamoDBDocumentClient;
  readonly #tableName: string;

  static async open(endpoint: string): Promise<RowSizeReader> {
    const client = new DynamoDBClient({ endpoint, ...localAccess });
    const { TableNames: names = [] } = await client.send(new ListTablesCommand({}));
    const own = names.filter((name) => name !== 'local-cloud-checkpoints');
    if (own.length !== 1) throw new Error(`one table was expected, not ${names.join(', ')}`);
    return new RowSizeReader(client, own[0] ?? '');
  }

  private constructor(client: DynamoDBClient, tableName: string) {
    this.#client = client;
    this.#documents = DynamoDBDocumentClient.from(client);
    this.#tableName = tableName;
  }

  async read(groupIds: readonly string[]): Promise<RowSizes> {
    return {
      member: await this.#largest(groupIds.map((id) => `G#${id}#M`)),
      group: await this.#largest(groupIds.map((id) => `G#${id}`)),
      connections: await this.#largest(connectionPartitions),
      pushes: await this.#largest(groupIds.map((id) => `G#${id}#P`)),
    };
  }

  close(): void {
    this.#client.destroy();
  }

  async #largest(partitions: readonly string[]): Promise<number> {
    let largest = 0;
    for (const pk of partitions) {
      const { Items: items = [] } = await this.#documents.send(
        new QueryCommand({
          TableName: this.#tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
        }),
      );
      largest = Math.max(largest, ...items.map(itemSize));
    }
    return largest;
  }
}
