import { sentKey } from './keys.ts';
import type { Item, Table } from './table.ts';

/** The seq a client's message id stands for, and a fingerprint of what was sent under it. */
export interface Sent {
  seq: number;
  digest: string;
}

const keptMs = 48 * 3_600_000;

/** Remembers each client message id for two days, so that a retry finds what it sent. */
export class SentMessages {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Takes the id for this send; answers what an earlier one took it for. */
  async claim(
    groupId: string,
    userId: string,
    clientMessageId: string,
    sent: Sent,
    now: number,
  ): Promise<'claimed' | Sent> {
    const written = await this.#table.put({
      Item: {
        ...sentKey(groupId, userId, clientMessageId),
        ...sent,
        expiresAt: Math.ceil((now + keptMs) / 1000),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return written.outcome === 'written' ? 'claimed' : toSent(written.current ?? {});
  }

  /** Gives the id to another seq, when the first one was lost; false if someone else has done so. */
  async reassign(
    groupId: string,
    userId: string,
    clientMessageId: string,
    from: number,
    to: number,
  ): Promise<boolean> {
    const written = await this.#table.update({
      Key: sentKey(groupId, userId, clientMessageId),
      UpdateExpression: 'SET seq = :to',
      ConditionExpression: 'seq = :from',
      ExpressionAttributeValues: { ':from': from, ':to': to },
    });
    return written.outcome === 'written';
  }
}

export const toSent = (item: Item): Sent => ({
  seq: item.seq as number,
  digest: item.digest as string,
});
