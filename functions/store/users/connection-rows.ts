import type { Clock } from '../../runtime/timing.ts';
import { connectionsKey, connectionsPartitions } from '../dynamodb/keys.ts';
import type { Item, Table } from '../dynamodb/table.ts';

/** The rows of fewer users are asked for by their keys: that is one request. */
const manyUsers = 50;
/** So many rows of others are read along with those that are asked for, at most. */
const rowsPerUser = 4;
/** After this it is tried again whether everybody's rows are few enough. */
const retryAfterMs = 300_000;

/**
 * The rows that say how users are connected. A read by key takes half a read unit for each user, connected or not. A
 * query takes half a unit for 8 KB, which is some seventy rows. So the rows of a large group are read together with all
 * others, where those are not many more; a deployment with very many users asks for them by key.
 */
export class ConnectionRows {
  readonly #table: Table;
  readonly #clock: Clock;
  /** There were more rows than this. */
  #tooMany = { rows: Number.POSITIVE_INFINITY, at: Number.NEGATIVE_INFINITY };

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  /** By user, as of a moment ago: an eventual read. Those of other users may be among them. */
  async of(userIds: readonly string[]): Promise<ReadonlyMap<string, Item>> {
    if (userIds.length >= manyUsers) {
      const all = await this.#all(rowsPerUser * userIds.length);
      if (all) return all;
    }
    const items = await this.#table.getMany(userIds.map(connectionsKey), 'eventual');
    return byUser(items.filter((item) => item !== undefined));
  }

  /** Everybody's; undefined if one of the partitions has more than its part of so many. */
  async #all(maxRows: number): Promise<Map<string, Item> | undefined> {
    const { rows, at } = this.#tooMany;
    if (maxRows <= rows && this.#clock() < at + retryAfterMs) return undefined;
    const maxOfPartition = Math.ceil(maxRows / connectionsPartitions.length);
    const parts = await Promise.all(
      connectionsPartitions.map((partition) => this.#partition(partition, maxOfPartition)),
    );
    const items = parts.flatMap((part) => part ?? []);
    if (!parts.includes(undefined)) return byUser(items);
    this.#tooMany = { rows: maxRows, at: this.#clock() };
    return undefined;
  }

  async #partition(pk: string, maxRows: number): Promise<Item[] | undefined> {
    const items: Item[] = [];
    const pages = this.#table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      Limit: maxRows + 1,
    });
    for await (const page of pages) {
      items.push(...page);
      if (items.length > maxRows) return undefined;
    }
    return items;
  }
}

const byUser = (items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.sk as string, item]));
