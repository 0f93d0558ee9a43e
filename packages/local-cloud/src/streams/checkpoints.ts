import {
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';

const tableName = 'local-cloud-checkpoints';

/**
 * How far each mapping has got, kept where the data is kept: after a crash of the local cloud the
 * mappings go on from there, as Lambda's do.
 */
export class Checkpoints {
  readonly #client: DynamoDBClient;
  readonly #saved = new Map<string, string>();

  private constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  static async open(client: DynamoDBClient): Promise<Checkpoints> {
    try {
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'mapping', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'mapping', KeyType: 'HASH' }],
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    return new Checkpoints(client);
  }

  /** Sequence numbers by shard id; empty for a mapping that never ran. */
  async load(mapping: string): Promise<Record<string, string>> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: tableName, Key: { mapping: { S: mapping } } }),
    );
    return JSON.parse(item?.shards?.S ?? '{}') as Record<string, string>;
  }

  /** Writes only what has changed. */
  async save(mapping: string, shards: Record<string, string>): Promise<void> {
    const text = JSON.stringify(shards);
    if (this.#saved.get(mapping) === text) return;
    await this.#client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: { mapping: { S: mapping }, shards: { S: text } },
      }),
    );
    this.#saved.set(mapping, text);
  }
}
