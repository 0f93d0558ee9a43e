import { dayMs, nameOfDay } from '@seenby/core/day.ts';
import { expiryOf, periodMs } from '@seenby/core/retention.ts';
import { activityPartition, shardOf } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';

/** A group in which something happened on a day. */
export interface ActiveGroup {
  day: number;
  groupId: string;
}

/** The same, when it was last noted: what is done about it is done about what had happened then. */
export interface NotedGroup extends ActiveGroup {
  notedAt: number;
}

/** What is done once about a group's day: rolled up on the day after, closed when it has expired. */
export type Task = 'counted' | 'expired';

export const activityShards = 16;

/** Which groups were active on which day, and what has been done about it since. */
export class Activity {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /** Notes the groups, and that what was done about their days is to be done again. */
  async note(groups: readonly ActiveGroup[], notedAt: number): Promise<void> {
    await this.#table.putMany(
      groups.map(({ day, groupId }) => ({
        ...keyOf(day, groupId),
        notedAt,
        // A day is closed together with the period of the day after, at the latest.
        expiresAt: expiryOf(day * dayMs + 2 * periodMs(this.#retentionDays), this.#retentionDays),
      })),
    );
  }

  /** Groups of one shard of a day with a task still to do. */
  async open(day: number, shard: number, task: Task): Promise<NotedGroup[]> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'attribute_not_exists(#task)',
      ExpressionAttributeNames: { '#task': task },
      ExpressionAttributeValues: { ':pk': activityPartition(nameOfDay(day), shard) },
    });
    return items.map((item) => ({
      day,
      groupId: item.sk as string,
      notedAt: item.notedAt as number,
    }));
  }

  /** The task is done, unless the group has been noted again meanwhile. */
  async settle({ day, groupId, notedAt }: NotedGroup, task: Task): Promise<void> {
    await this.#table.update({
      Key: keyOf(day, groupId),
      UpdateExpression: 'SET #task = :yes',
      ConditionExpression: 'notedAt = :notedAt',
      ExpressionAttributeNames: { '#task': task },
      ExpressionAttributeValues: { ':yes': true, ':notedAt': notedAt },
    });
  }
}

const keyOf = (day: number, groupId: string) => ({
  pk: activityPartition(nameOfDay(day), shardOf(groupId, activityShards)),
  sk: groupId,
});
