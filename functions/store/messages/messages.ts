import { expiryOf } from '@seenby/core/retention.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import pMap from 'p-map';
import { type Authority, authorityCheck } from '../authority.ts';
import {
  firstSeqOfPartition,
  type Key,
  messageKey,
  messagePartitionOf,
  messageSortKey,
  messagesPartition,
} from '../dynamodb/keys.ts';
import type { Consistency, Item, Table } from '../dynamodb/table.ts';
import type { WritePart } from '../dynamodb/transact.ts';

const renamedAtOnce = 10;

/** A message, or the tombstone that stands where one was lost. */
export interface StoredMessage {
  message: Message;
  tombstone: boolean;
}

/** Messages, in partitions of 1,024 seqs. */
export class Messages {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /** Stores the message unless its seq is taken already, by a retry or by a tombstone. */
  async insert(message: Message): Promise<'stored' | StoredMessage> {
    return this.#insert(message, {});
  }

  /** Fills a seq whose message was lost, so that no hole stays; false when it was there after all. */
  async insertTombstone(groupId: string, seq: number, now: number): Promise<boolean> {
    const lost: Message = {
      messageId: toMessageId({ groupId, seq }),
      groupId,
      seq,
      senderId: '',
      messageType: 'text',
      content: '',
      createdAt: now,
      clientMessageId: 'lost',
      recalled: true,
    };
    const stored = await this.#insert(lost, { tombstone: true });
    return stored === 'stored' || stored.tombstone;
  }

  async #insert(message: Message, marks: Item): Promise<'stored' | StoredMessage> {
    const { messageId: _id, groupId, seq, metadata, ...fields } = message;
    const written = await this.#table.put({
      Item: {
        ...messageKey(groupId, seq),
        ...fields,
        // As text: DynamoDB takes no number and no nesting that JSON may have.
        ...(metadata && { metadata: JSON.stringify(metadata) }),
        ...marks,
        expiresAt: expiryOf(message.createdAt, this.#retentionDays),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    if (written.outcome === 'written') return 'stored';
    return toStored(groupId, written.current ?? {});
  }

  async get(groupId: string, seq: number): Promise<StoredMessage | undefined> {
    const item = await this.#table.get(messageKey(groupId, seq));
    return item && toStored(groupId, item);
  }

  /** Keeps the seq and who wrote it; the content goes everywhere. */
  async recall(
    by: Authority,
    seq: number,
    also: WritePart,
  ): Promise<'recalled' | 'notAllowed' | 'gone'> {
    const written = await this.#table.transact([
      authorityCheck(by),
      {
        Update: {
          Key: messageKey(by.groupId, seq),
          UpdateExpression: 'SET content = :none, recalled = :yes REMOVE mentions, metadata',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':none': '', ':yes': true },
        },
      },
      also,
    ]);
    if (written.outcome === 'written') return 'recalled';
    return written.refused.some(({ part }) => part === 0) ? 'notAllowed' : 'gone';
  }

  /** Everything stored from one seq to another, ascending. */
  async range(groupId: string, from: number, to: number): Promise<StoredMessage[]> {
    return (await this.#items(groupId, from, to)).map((item) => toStored(groupId, item));
  }

  /** Who wrote what from one seq to another; costs what the messages weigh. */
  async senders(
    groupId: string,
    from: number,
    to: number,
    consistency: Consistency = 'strong',
  ): Promise<Map<number, string>> {
    const items = await this.#items(groupId, from, to, 'sk, senderId', consistency);
    return new Map(items.map((item) => [Number(item.sk), item.senderId as string]));
  }

  /** Which seqs have a message, and which a tombstone, not counting those of the last moment. */
  async storedSeqs(
    groupId: string,
    from: number,
    to: number,
  ): Promise<Map<number, 'message' | 'tombstone'>> {
    const items = await this.#items(groupId, from, to, 'sk, tombstone', 'eventual');
    return new Map(
      items.map(({ sk, tombstone }) => [Number(sk), tombstone ? 'tombstone' : 'message']),
    );
  }

  /** Puts a pseudonym in the place of a user, as sender and in mentions; of messages of one partition. */
  async renameUser(
    groupId: string,
    from: number,
    to: number,
    { userId, pseudonym }: { userId: string; pseudonym: string },
  ): Promise<void> {
    const items = await this.#items(groupId, from, to, 'sk, senderId, mentions');
    const named = items.filter(
      ({ senderId, mentions }) =>
        senderId === userId || (mentions as string[] | undefined)?.includes(userId),
    );
    const rename = (Key: Key, attribute: string, known: unknown, renamed: unknown) =>
      this.#table.update({
        Key,
        UpdateExpression: 'SET #name = :renamed',
        ConditionExpression: '#name = :known',
        ExpressionAttributeNames: { '#name': attribute },
        ExpressionAttributeValues: { ':known': known, ':renamed': renamed },
      });
    await pMap(
      named,
      async ({ sk, senderId, mentions }) => {
        const key = messageKey(groupId, Number(sk));
        if (senderId === userId) await rename(key, 'senderId', userId, pseudonym);
        const ids = (mentions as string[] | undefined) ?? [];
        // Recalled in this moment, it has none any more.
        if (ids.includes(userId)) {
          await rename(
            key,
            'mentions',
            ids,
            ids.map((id) => (id === userId ? pseudonym : id)),
          );
        }
      },
      { concurrency: renamedAtOnce },
    );
  }

  async #items(
    groupId: string,
    from: number,
    to: number,
    only?: string,
    consistency: Consistency = 'strong',
  ): Promise<Item[]> {
    if (from > to) return [];
    const first = messagePartitionOf(from);
    const partitions = Array.from(
      { length: messagePartitionOf(to) - first + 1 },
      (_, i) => first + i,
    );
    const pages = partitions.map((partition) =>
      this.#table.queryAll({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': messagesPartition(groupId, partition),
          ':from': messageSortKey(Math.max(from, firstSeqOfPartition(partition))),
          ':to': messageSortKey(Math.min(to, firstSeqOfPartition(partition + 1) - 1)),
        },
        ConsistentRead: consistency === 'strong',
        ...(only && { ProjectionExpression: only }),
      }),
    );
    return (await Promise.all(pages)).flat();
  }
}

export function toStored(groupId: string, item: Item): StoredMessage {
  const { pk: _pk, sk, expiresAt: _expiry, remindedAt: _at, tombstone, metadata, ...fields } = item;
  const seq = Number(sk);
  const lost = tombstone === true;
  const messageId = toMessageId({ groupId, seq });
  const message = {
    ...{ messageId, groupId, seq, ...fields },
    ...(metadata !== undefined && { metadata: JSON.parse(metadata as string) }),
    ...(lost && { lost }),
  } as Message;
  return { message, tombstone: lost };
}
