import pMap from 'p-map';
import type { Counts, GroupStore, Mark, Reader } from '../design.ts';
import { GroupRows } from '../group-rows.ts';
import type { KeyedTable } from '../keyed-table.ts';

interface ReceiptRow {
  sk: string;
  readAt?: number;
}

/** Requests of one call that are under way at a time. */
const concurrency = 20;

/**
 * A row for each message and member, written when the message is sent and updated when it is read. The
 * counts of a message are one item, which each mark adds to. So is the unread count of each member.
 *
 * The three writes of a mark are not one transaction, which would cost twice as much: a mark that
 * breaks off between them leaves counts that are wrong for good.
 */
export class Matrix implements GroupStore {
  readonly #table: KeyedTable;
  readonly #rows: GroupRows;

  constructor(table: KeyedTable, groupId: string) {
    this.#table = table;
    this.#rows = new GroupRows(table, groupId);
  }

  createGroup = (memberIds: readonly string[]) => this.#rows.create(memberIds, { unread: 0 });

  async send(authorId: string, content: string, at: number): Promise<number> {
    const { lastSeq: seq } = await this.#rows.next();
    const memberIds = await this.#rows.memberIds();
    const others = memberIds.filter((userId) => userId !== authorId);
    const pk = this.#rows.messagePartition(seq);
    await this.#table.put([
      { pk, sk: 'MESSAGE', senderId: authorId, content, createdAt: at },
      // Apart from the message: each read pays for the whole item that it adds to.
      { pk, sk: 'SUMMARY', total: others.length, delivered: 0, read: 0 },
      ...others.map((userId) => ({ pk, sk: `R#${userId}`, status: 'sent' })),
    ]);
    await pMap(others, (userId) => this.#addUnread(userId, 1), { concurrency });
    return seq;
  }

  async deliver({ userId, seqs, at }: Mark): Promise<void> {
    await pMap(seqs, (seq) => this.#deliverOne(userId, seq, at), { concurrency });
  }

  async read({ userId, seqs, at }: Mark): Promise<void> {
    const changed = await pMap(seqs, (seq) => this.#readOne(userId, seq, at), { concurrency });
    const count = changed.filter(Boolean).length;
    if (count > 0) await this.#addUnread(userId, -count);
  }

  async counts(seq: number): Promise<Counts> {
    const key = { pk: this.#rows.messagePartition(seq), sk: 'SUMMARY' };
    const { delivered, read, total } = await this.#table.get<Counts>(key);
    return { delivered, read, total };
  }

  async readers(seq: number): Promise<Reader[]> {
    const rows = await this.#table.query<ReceiptRow>(this.#rows.messagePartition(seq), 'R#');
    return rows.flatMap(({ sk, readAt }) =>
      readAt === undefined ? [] : [{ userId: sk.slice(2), readAt }],
    );
  }

  async unread(userId: string): Promise<number> {
    return (await this.#table.get<{ unread: number }>(this.#rows.memberKey(userId))).unread;
  }

  async #deliverOne(userId: string, seq: number, at: number): Promise<void> {
    const changed = await this.#table.update(this.#receiptKey(userId, seq), {
      update: 'SET #status = :delivered, deliveredAt = :at',
      condition: 'attribute_exists(pk) AND attribute_not_exists(deliveredAt)',
      names: { '#status': 'status' },
      values: { ':delivered': 'delivered', ':at': at },
    });
    if (changed) await this.#count(seq, { delivered: 1, read: 0 });
  }

  /** Whether this was the first time. */
  async #readOne(userId: string, seq: number, at: number): Promise<boolean> {
    const update = {
      update: 'SET #status = :read, readAt = :at, deliveredAt = if_not_exists(deliveredAt, :at)',
      condition: 'attribute_exists(pk) AND attribute_not_exists(readAt)',
      names: { '#status': 'status' },
      values: { ':read': 'read', ':at': at },
    };
    const before = await this.#table.update(this.#receiptKey(userId, seq), update, 'ALL_OLD');
    if (!before) return false;
    await this.#count(seq, { delivered: before.deliveredAt === undefined ? 1 : 0, read: 1 });
    return true;
  }

  async #count(seq: number, { delivered, read }: Pick<Counts, 'delivered' | 'read'>) {
    await this.#table.update(
      { pk: this.#rows.messagePartition(seq), sk: 'SUMMARY' },
      {
        update: 'ADD #delivered :delivered, #read :read',
        names: { '#delivered': 'delivered', '#read': 'read' },
        values: { ':delivered': delivered, ':read': read },
      },
    );
  }

  async #addUnread(userId: string, count: number): Promise<void> {
    await this.#table.update(this.#rows.memberKey(userId), {
      update: 'ADD unread :count',
      values: { ':count': count },
    });
  }

  #receiptKey = (userId: string, seq: number) => ({
    pk: this.#rows.messagePartition(seq),
    sk: `R#${userId}`,
  });
}
