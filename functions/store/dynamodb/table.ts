import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { chunks } from '@seenby/core/chunks.ts';
import pMap from 'p-map';
import type { Item } from './item.ts';
import type { Key } from './keys.ts';
import { type Pauses, realPauses } from './pauses.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { retryUnprocessed } from './retry-unprocessed.ts';
import { type TransactionOutcome, transact, type WritePart } from './transact.ts';

export type { Item };

/** Strong reads see every confirmed write; eventual ones cost half. */
export type Consistency = 'strong' | 'eventual';

/** Whether a conditional write was made; if not, the item as it stands instead. */
export type WriteOutcome =
  | { outcome: 'written'; item: Item }
  | { outcome: 'refused'; current: Item | undefined };

const maxKeysPerRead = 100;
const maxItemsPerWrite = 25;
/**
 * A partition takes a thousand writes a second, and the members of a group are one: thousands of
 * rows sent all at once would only wait for each other until they time out.
 */
const batchesAtOnce = 8;

/** The one table. Throws the AWS SDK's error when DynamoDB cannot serve within its retries. */
export class Table {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #pauses: Pauses;

  constructor(client: DynamoDBDocumentClient, name: string, pauses = realPauses) {
    this.#client = client;
    this.#name = name;
    this.#pauses = pauses;
  }

  async get(key: Key, consistency: Consistency = 'strong'): Promise<Item | undefined> {
    const answer = await this.#client.send(
      new GetCommand({
        TableName: this.#name,
        Key: key,
        ConsistentRead: consistency === 'strong',
      }),
    );
    return answer.Item;
  }

  /**
   * Items in the order of their keys; undefined where there is none. A key may come twice: it is
   * asked for once, as DynamoDB refuses a batch that repeats one.
   */
  async getMany(keys: readonly Key[], consistency: Consistency): Promise<(Item | undefined)[]> {
    const found = new Map<string, Item>();
    const distinct = lastOfEach(keys, nameOf);
    const batches = chunks(distinct, maxKeysPerRead);
    const read = async (batch: Key[]) => {
      for (const item of await this.#getBatch(batch, consistency)) found.set(nameOf(item), item);
    };
    await pMap(batches, read, { concurrency: batchesAtOnce });
    return keys.map((key) => found.get(nameOf(key)));
  }

  async #getBatch(keys: readonly Key[], consistency: Consistency): Promise<Item[]> {
    const items: Item[] = [];
    await retryUnprocessed(
      keys,
      async (pending) => {
        const answer = await this.#client.send(
          new BatchGetCommand({
            RequestItems: {
              [this.#name]: { Keys: [...pending], ConsistentRead: consistency === 'strong' },
            },
          }),
        );
        items.push(...(answer.Responses?.[this.#name] ?? []));
        return (answer.UnprocessedKeys?.[this.#name]?.Keys ?? []) as Key[];
      },
      this.#pauses,
    );
    return items;
  }

  /** One page at a time, until the caller has enough or there is no more. */
  async *query(input: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item[]> {
    let start: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          ...input,
          TableName: this.#name,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start);
  }

  async queryAll(input: Omit<QueryCommandInput, 'TableName'>): Promise<Item[]> {
    const items: Item[] = [];
    for await (const page of this.query(input)) items.push(...page);
    return items;
  }

  async put(input: Omit<PutCommandInput, 'TableName'> & { Item: Item }): Promise<WriteOutcome> {
    return this.#conditional(async () => {
      await this.#client.send(
        new PutCommand({
          ...input,
          TableName: this.#name,
          ...(input.ConditionExpression && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        }),
      );
      return input.Item;
    });
  }

  /** Answers the whole item after the update, or before it with `ReturnValues: 'ALL_OLD'`. */
  async update(input: Omit<UpdateCommandInput, 'TableName'>): Promise<WriteOutcome> {
    return this.#conditional(async () => {
      const answer = await this.#client.send(
        new UpdateCommand({
          ReturnValues: 'ALL_NEW',
          ...input,
          TableName: this.#name,
          ...(input.ConditionExpression && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        }),
      );
      return answer.Attributes ?? {};
    });
  }

  /** Makes all of the writes, at most 100, or none. */
  async transact(parts: readonly WritePart[]): Promise<TransactionOutcome> {
    return transact(this.#client, this.#name, parts, this.#pauses);
  }

  async putMany(items: readonly Item[]): Promise<void> {
    await this.#writeMany(items.map((item) => ({ PutRequest: { Item: item } })));
  }

  /** Rows of one partition are deleted a batch at a time. */
  async deleteMany(keys: readonly Key[], atOnce = batchesAtOnce): Promise<void> {
    await this.#writeMany(
      keys.map((key) => ({ DeleteRequest: { Key: key } })),
      atOnce,
    );
  }

  /** Of several writes of one key the last is made: DynamoDB refuses a batch that repeats a key. */
  async #writeMany(requests: readonly WriteRequest[], atOnce = batchesAtOnce): Promise<void> {
    const distinct = lastOfEach(requests, (request) =>
      nameOf('PutRequest' in request ? request.PutRequest.Item : request.DeleteRequest.Key),
    );
    const send = async (pending: readonly WriteRequest[]) => {
      const answer = await this.#client.send(
        new BatchWriteCommand({ RequestItems: { [this.#name]: [...pending] } }),
      );
      return (answer.UnprocessedItems?.[this.#name] ?? []) as WriteRequest[];
    };
    const batches = chunks(distinct, maxItemsPerWrite);
    await pMap(batches, (batch) => retryUnprocessed(batch, send, this.#pauses), {
      concurrency: atOnce,
    });
  }

  async #conditional(write: () => Promise<Item>): Promise<WriteOutcome> {
    try {
      return { outcome: 'written', item: await retryConflicts(write, this.#pauses) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { outcome: 'refused', current: error.Item && unmarshall(error.Item) };
    }
  }
}

type WriteRequest = { PutRequest: { Item: Item } } | { DeleteRequest: { Key: Key } };

const nameOf = (key: Item): string => `${key.pk} ${key.sk}`;

const lastOfEach = <T>(all: readonly T[], nameOfOne: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [nameOfOne(one), one])).values(),
];
