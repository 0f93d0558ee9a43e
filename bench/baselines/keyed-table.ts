import {
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { chunks } from '@seenby/core/chunks.ts';

export type Item = Record<string, unknown>;

export interface Key {
  pk: string;
  sk: string;
}

/** An update's expressions, with the names and values that they mention. */
export interface Update {
  update: string;
  condition?: string;
  names?: Record<string, string>;
  values: Item;
}

/** DynamoDB takes so many items in one BatchWriteItem. */
const maxBatch = 25;

/** A table with a partition and a sort key, and the few calls that the designs make on it. */
export class KeyedTable {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: { TableName: string };

  constructor(documents: DynamoDBDocumentClient, tableName: string) {
    this.#documents = documents;
    this.#table = { TableName: tableName };
  }

  static async create(config: DynamoDBClientConfig, tableName: string): Promise<void> {
    const client = new DynamoDBClient(config);
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    client.destroy();
  }

  async get<T>(Key: Key): Promise<T> {
    const request = new GetCommand({ ...this.#table, Key, ConsistentRead: true });
    const { Item } = await this.#documents.send(request);
    if (!Item) throw new Error(`there is no item ${Key.pk} ${Key.sk}`);
    return Item as T;
  }

  async put(items: readonly Item[]): Promise<void> {
    for (const batch of chunks(items, maxBatch)) {
      let left = batch.map((Item) => ({ PutRequest: { Item } }));
      while (left.length > 0) {
        const RequestItems = { [this.#table.TableName]: left };
        const answer = await this.#documents.send(new BatchWriteCommand({ RequestItems }));
        left = (answer.UnprocessedItems?.[this.#table.TableName] ?? []) as typeof left;
      }
    }
  }

  async remove(Key: Key): Promise<void> {
    await this.#documents.send(new DeleteCommand({ ...this.#table, Key }));
  }

  /** Answers the item as it was or is; undefined if its condition does not hold. */
  async update(
    Key: Key,
    { update, condition, names, values }: Update,
    answer: 'ALL_OLD' | 'ALL_NEW' | 'NONE' = 'NONE',
  ): Promise<Item | undefined> {
    const request: UpdateCommandInput = {
      ...{ ...this.#table, Key, UpdateExpression: update, ReturnValues: answer },
      ...(condition && { ConditionExpression: condition }),
      ...(names && { ExpressionAttributeNames: names }),
      ExpressionAttributeValues: values,
    };
    try {
      return (await this.#documents.send(new UpdateCommand(request))).Attributes ?? {};
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
      throw error;
    }
  }

  /** All items of a partition whose sort key begins like this. */
  async query<T>(
    pk: string,
    prefix: string,
    more: Partial<QueryCommandInput> = { ConsistentRead: true },
  ): Promise<T[]> {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await this.#documents.send(
        new QueryCommand({
          ...{ ...this.#table, ...more },
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    return items as T[];
  }
}
