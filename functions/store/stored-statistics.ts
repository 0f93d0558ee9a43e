import { dayMs, dayNamed, nameOfDay } from '@seenby/core/day.ts';
import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { Reading } from '@seenby/core/statistics/reading-roll-up.ts';
import type { DayStatistics } from '@seenby/core/statistics/statistics.ts';
import { decodeRangeSet, encodeRangeSet } from './codecs/range-set-codec.ts';
import { decodeReadings, encodeReadings } from './codecs/reading-codec.ts';
import { dayStatisticsPartition, readingsKey, readingsPartition } from './dynamodb/keys.ts';
import type { Item, Table } from './dynamodb/table.ts';

/** A user's reading in a group, by day, as it was counted after its last day. */
export interface CountedReadings {
  byDay: ReadonlyMap<number, Readonly<Reading>>;
  /** The last day counted: what came after is not in it. */
  through: number;
  /** What of the counted messages was still to be read. */
  unread: RangeSet;
}

/** A month of last year can still be compared with. */
const dayKeptMs = 400 * dayMs;
const readingsKeptMs = 32 * dayMs;

/** What the nightly count found, for when the receipts are gone or too many to count again. */
export class StoredStatistics {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async putDay(groupId: string, day: number, statistics: DayStatistics): Promise<void> {
    await this.#table.putMany([
      {
        pk: dayStatisticsPartition(groupId),
        sk: nameOfDay(day),
        ...statistics,
        readers: encodeRangeSet(statistics.readers),
        expiresAt: Math.ceil((day * dayMs + dayKeptMs) / 1000),
      },
    ]);
  }

  /** The days of a group that have been counted, from one to another. */
  async days(groupId: string, from: number, to: number): Promise<Map<number, DayStatistics>> {
    if (from > to) return new Map();
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': dayStatisticsPartition(groupId),
        ':from': nameOfDay(from),
        ':to': nameOfDay(to),
      },
    });
    return new Map(items.map((item) => [dayNamed(item.sk as string), toDayStatistics(item)]));
  }

  async putReadings(
    groupId: string,
    readings: ReadonlyMap<string, CountedReadings>,
  ): Promise<void> {
    await this.#table.putMany(
      [...readings].map(([userId, { byDay, through, unread }]) => ({
        ...readingsKey(userId, groupId),
        byDay: encodeReadings(byDay),
        through,
        unread: encodeRangeSet(unread),
        expiresAt: Math.ceil((through * dayMs + readingsKeptMs) / 1000),
      })),
    );
  }

  async readingsIn(
    groupId: string,
    userIds: readonly string[],
  ): Promise<Map<string, CountedReadings>> {
    const keys = userIds.map((userId) => readingsKey(userId, groupId));
    const items = await this.#table.getMany(keys, 'strong');
    return new Map(
      userIds.flatMap((userId, i) => {
        const item = items[i];
        return item ? [[userId, toReadings(item)]] : [];
      }),
    );
  }

  /** Takes all of a user's readings away. */
  async forget(userId: string): Promise<void> {
    const groupIds = [...(await this.readingsOf(userId)).keys()];
    await this.#table.deleteMany(groupIds.map((groupId) => readingsKey(userId, groupId)));
  }

  /** A user's readings by group. */
  async readingsOf(userId: string): Promise<Map<string, CountedReadings>> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': readingsPartition(userId) },
    });
    return new Map(items.map((item) => [item.sk as string, toReadings(item)]));
  }
}

function toDayStatistics(item: Item): DayStatistics {
  const { pk: _pk, sk: _sk, expiresAt: _expiry, readers, ...numbers } = item;
  return {
    ...(numbers as unknown as Omit<DayStatistics, 'readers'>),
    readers: decodeRangeSet(readers as Uint8Array),
  };
}

const toReadings = (item: Item): CountedReadings => ({
  byDay: decodeReadings(item.byDay as Uint8Array),
  through: item.through as number,
  unread: decodeRangeSet(item.unread as Uint8Array),
});
