import { departuresPartition } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';

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
      userIds.map((userId) => ({ ...departuresPartition(userId), sk: groupId, at, expiresAt })),
    );
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
