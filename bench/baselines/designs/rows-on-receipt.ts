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
 * A row for each message and recipient, written when the message reaches them and again when they read
 * it. Nothing is counted: counts are a Query of the message's rows. How many messages a member has
 * read is a counter in the member's row; the unread count follows from it.
 */
export class RowsOnReceipt implements GroupStore {
  readonly #table: KeyedTable;
  readonly #rows: GroupRows;

  constructor(table: KeyedTable, groupId: string) {
    this.#table = table;
    this.#rows = new GroupRows(table, groupId);
  }

  createGroup = (memberIds: readonly string[]) => this.#rows.create(memberIds, { done: 0 });

  async send(authorId: string, content: string, at: number): Promise<number> {
    const { lastSeq: seq, memberCount } = await this.#rows.next();
    const pk = this.#rows.messagePartition(seq);
    const message = { senderId: authorId, content, createdAt: at, total: memberCount - 1 };
    await this.#table.put([{ pk, sk: 'MESSAGE', ...message }]);
    await this.#rows.addDone(authorId, 1);
    return seq;
  }

  async deliver({ userId, seqs, at }: Mark): Promise<void> {
    const update = {
      update: 'SET deliveredAt = :at',
      condition: 'attribute_not_exists(pk)',
      values: { ':at': at },
    };
    await pMap(seqs, (seq) => this.#table.update(this.#receiptKey(userId, seq), update), {
      concurrency,
    });
  }

  async read({ userId, seqs, at }: Mark): Promise<void> {
    const update = {
      update: 'SET readAt = :at, deliveredAt = if_not_exists(deliveredAt, :at)',
      condition: 'attribute_not_exists(readAt)',
      values: { ':at': at },
    };
    const changed = await pMap(
      seqs,
      (seq) => this.#table.update(this.#receiptKey(userId, seq), update),
      { concurrency },
    );
    await this.#rows.addDone(userId, changed.filter(Boolean).length);
  }

  async counts(seq: number): Promise<Counts> {
    const pk = this.#rows.messagePartition(seq);
    const [{ total }, rows] = await Promise.all([
      this.#table.get<{ total: number }>({ pk, sk: 'MESSAGE' }),
      this.#table.query<ReceiptRow>(pk, 'R#'),
    ]);
    return { delivered: rows.length, read: readersIn(rows).length, total };
  }

  async readers(seq: number): Promise<Reader[]> {
    return readersIn(await this.#table.query<ReceiptRow>(this.#rows.messagePartition(seq), 'R#'));
  }

  unread = (userId: string): Promise<number> => this.#rows.unreadByDone(userId);

  #receiptKey = (userId: string, seq: number) => ({
    pk: this.#rows.messagePartition(seq),
    sk: `R#${userId}`,
  });
}

const readersIn = (rows: readonly ReceiptRow[]): Reader[] =>
  rows.flatMap(({ sk, readAt }) => (readAt === undefined ? [] : [{ userId: sk.slice(2), readAt }]));
