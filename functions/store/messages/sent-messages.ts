import type { MessageType } from '@seenby/protocol/entities.ts';
import { digestOf } from '../dynamodb/digest.ts';
import { sentKey } from '../dynamodb/keys.ts';
import type { Item, Table, WriteOutcome } from '../dynamodb/table.ts';

/** The seq a client's message id stands for, and a fingerprint of what was sent under it. */
export interface Sent {
  seq: number;
  digest: string;
}

/** Tells a retry from another message under the same id. */
export const messageDigest = (message: Fingerprinted): string => {
  const { content, messageType, mentions = [], metadata } = message;
  return digestOf(content, messageType, mentions, ...(metadata ? [metadata] : []));
};

interface Fingerprinted {
  content: string;
  messageType: MessageType;
  mentions?: readonly string[] | undefined;
  metadata?: Record<string, unknown> | undefined;
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
    return outcomeOf(written, sent.seq, 'claimed');
  }

  /** Gives the id to another seq, when the first one was lost; answers whose it is if someone else has. */
  async reassign(
    groupId: string,
    userId: string,
    clientMessageId: string,
    from: number,
    to: number,
  ): Promise<'moved' | Sent> {
    const written = await this.#table.update({
      Key: sentKey(groupId, userId, clientMessageId),
      UpdateExpression: 'SET seq = :to',
      ConditionExpression: 'seq = :from',
      ExpressionAttributeValues: { ':from': from, ':to': to },
    });
    return outcomeOf(written, to, 'moved');
  }
}

/** The answer to a write may be lost, and the SDK sends it again: then it is refused by its own seq. */
function outcomeOf<T extends 'claimed' | 'moved'>(
  written: WriteOutcome,
  seq: number,
  ours: T,
): T | Sent {
  const { current } = written.outcome === 'refused' ? written : { current: undefined };
  return current === undefined || current.seq === seq ? ours : toSent(current);
}

export const toSent = (item: Item): Sent => ({
  seq: item.seq as number,
  digest: item.digest as string,
});
