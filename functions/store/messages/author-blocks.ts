import { expiryOf } from '@seenby/core/retention.ts';
import { BoundedMap } from '../../runtime/bounded-map.ts';
import {
  authorBlockKey,
  authorBlocksPartition,
  firstSeqOfPartition,
  messagePartitionOf,
  messageSortKey,
} from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';
import { recentAuthorsKept } from '../items/group-item.ts';
import type { Renaming } from '../users/erasures.ts';

/** As many authors as the row of a group has, so that their rows take over what it lets go. */
const seqsPerBlock = recentAuthorsKept;
const maxBlocksKept = 10_000;

/** Who took the seqs of a group, eight to a row: read for less than the messages weigh. */
export class AuthorBlocks {
  readonly #table: Table;
  readonly #retentionDays: number;
  /** Of each block the authors, by the name of the block: they never change. */
  readonly #known = new BoundedMap<string, readonly string[]>(maxBlocksKept);

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /** Whoever takes the last seq of a block knows all of them: `recentAuthors`, the newest first. */
  async close(
    groupId: string,
    seq: number,
    recentAuthors: readonly string[],
    now: number,
  ): Promise<void> {
    if (seq % seqsPerBlock !== 0) return;
    await this.#table.put({
      Item: {
        ...authorBlockKey(groupId, seq),
        authors: recentAuthors.toReversed(),
        expiresAt: expiryOf(now, this.#retentionDays),
      },
    });
  }

  /** Puts a pseudonym in the place of a user, in the blocks of a partition of messages. */
  async renameUser(
    groupId: string,
    partition: number,
    { userId, pseudonym }: Renaming,
  ): Promise<void> {
    const rows = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': authorBlocksPartition(groupId, partition) },
      ConsistentRead: true,
    });
    for (const { pk, sk, authors } of rows) {
      const known = authors as string[];
      if (!known.includes(userId)) continue;
      await this.#table.update({
        Key: { pk, sk },
        UpdateExpression: 'SET authors = :renamed',
        ExpressionAttributeValues: {
          ':renamed': known.map((author) => (author === userId ? pseudonym : author)),
        },
      });
    }
  }

  /**
   * The authors of seqs from one to another, as far as they stand in rows. Read eventually: what is not
   * found stands in the messages as well.
   */
  async read(groupId: string, from: number, to: number): Promise<Map<number, string>> {
    const first = lastSeqOfBlock(from);
    const last = lastSeqOfBlock(to);
    if (blocksFrom(first, last).some((seq) => !this.#known.get(nameOf(groupId, seq)))) {
      await this.#look(groupId, first, last);
    }
    const found = blocksFrom(first, last).flatMap((seq) => this.#authorsIn(groupId, seq));
    return new Map(found.filter(([seq, author]) => seq >= from && seq <= to && author !== ''));
  }

  async #look(groupId: string, first: number, last: number): Promise<void> {
    for (let p = messagePartitionOf(first); p <= messagePartitionOf(last); p++) {
      const rows = await this.#table.queryAll({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': authorBlocksPartition(groupId, p),
          ':from': messageSortKey(Math.max(first, firstSeqOfPartition(p))),
          ':to': messageSortKey(Math.min(last, firstSeqOfPartition(p + 1) - 1)),
        },
        ConsistentRead: false,
      });
      for (const { sk, authors } of rows) {
        this.#known.set(nameOf(groupId, Number(sk)), authors as string[]);
      }
    }
  }

  #authorsIn(groupId: string, lastSeq: number): [seq: number, author: string][] {
    const authors = this.#known.get(nameOf(groupId, lastSeq)) ?? [];
    return authors.map((author, i) => [lastSeq - authors.length + 1 + i, author]);
  }
}

const lastSeqOfBlock = (seq: number): number => Math.ceil(seq / seqsPerBlock) * seqsPerBlock;

/** The blocks of a stretch, each by its last seq. */
const blocksFrom = (first: number, last: number): number[] =>
  Array.from({ length: (last - first) / seqsPerBlock + 1 }, (_, i) => first + i * seqsPerBlock);

const nameOf = (groupId: string, lastSeq: number): string => `${groupId} ${lastSeq}`;
