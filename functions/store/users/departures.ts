import { departuresPartition } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';

interface Departure {
  at: number;
  sweptTo: number | undefined;
}

const keyOf = (userId: string, groupId: string) => ({
  ...departuresPartition(userId),
  sk: groupId,
});

/** Groups that a user is no longer in, for as long as a sync token may ask about them. */
export class Departures {
  readonly #table: Table;
  readonly #keptMs: number;

  constructor(table: Table, keptMs: number) {
    this.#table = table;
    this.#keptMs = keptMs;
  }

  async note(groupId: string, userIds: readonly string[], at: number): Promise<void> {
    const expiresAt = Math.ceil((at + this.#keptMs) / 1000);
    await this.#table.putMany(
      userIds.map((userId) => ({ ...keyOf(userId, groupId), at, expiresAt })),
    );
  }

  /** One of them, and up to where an erasure has looked through the group's messages. */
  async get(userId: string, groupId: string): Promise<Departure | undefined> {
    const [item] = await this.#table.getMany([keyOf(userId, groupId)], 'strong');
    return item && { at: item.at as number, sweptTo: item.sweptTo as number | undefined };
  }

  async noteSwept(userId: string, groupId: string, sweptTo: number): Promise<void> {
    await this.#table.update({
      Key: keyOf(userId, groupId),
      UpdateExpression: 'SET sweptTo = :seq',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':seq': sweptTo },
    });
  }

  async forget(userId: string, groupId: string): Promise<void> {
    await this.#table.deleteMany([keyOf(userId, groupId)]);
  }

  async of(userId: string): Promise<string[]> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': departuresPartition(userId).pk },
      ConsistentRead: true,
    });
    return items.map((item) => item.sk as string);
  }
}
