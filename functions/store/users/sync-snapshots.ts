import { createHash } from 'node:crypto';
import { dayMs } from '@seenby/core/day.ts';
import { type Key, syncSnapshotKey, syncSnapshotsPartition } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';

/** An item holds 400 KB at most. */
const bytesPerItem = 300_000;

/**
 * What a sync answered a user's client, where it is too much for a token. Named by its content: the
 * same is kept once, however often it is answered.
 */
export class SyncSnapshots {
  readonly #table: Table;
  readonly #keptMs: number;

  /** Tokens are good for `keptMs`. */
  constructor(table: Table, keptMs: number) {
    this.#table = table;
    this.#keptMs = keptMs;
  }

  /** Answers the name to ask for it by. */
  async keep(userId: string, content: Uint8Array, now: number): Promise<string> {
    const name = createHash('sha256').update(content).digest('base64url').slice(0, 22);
    const known = await this.#table.get(syncSnapshotKey(userId, name, 0));
    if (known && Number(known.expiresAt) * 1000 >= now + this.#keptMs) return name;
    // A day longer, so that a client that syncs often has it written once a day at most.
    const expiresAt = Math.ceil((now + this.#keptMs + dayMs) / 1000);
    const parts = Array.from({ length: Math.ceil(content.length / bytesPerItem) }, (_, i) =>
      content.subarray(i * bytesPerItem, (i + 1) * bytesPerItem),
    );
    // The first part goes last: where it is, all of them are.
    for (const [i, part] of [...parts.entries()].reverse()) {
      const key = syncSnapshotKey(userId, name, i);
      await this.#table.put({ Item: { ...key, content: part, expiresAt } });
    }
    return name;
  }

  async forget(userId: string): Promise<void> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': syncSnapshotsPartition(userId) },
      ProjectionExpression: 'pk, sk',
    });
    await this.#table.deleteMany(items.map(({ pk, sk }) => ({ pk, sk }) as Key));
  }

  /** Undefined once it has expired. */
  async find(userId: string, name: string): Promise<Uint8Array | undefined> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :name)',
      ExpressionAttributeValues: { ':pk': syncSnapshotsPartition(userId), ':name': `${name} ` },
      ConsistentRead: true,
    });
    if (items.length === 0) return undefined;
    return Buffer.concat(items.map(({ content }) => content as Uint8Array));
  }
}
