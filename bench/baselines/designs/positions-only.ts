import type { Counts, GroupStore, Mark, Reader } from '../design.ts';
import { GroupRows } from '../group-rows.ts';
import type { KeyedTable } from '../keyed-table.ts';

interface Message {
  senderId: string;
}

interface MemberRow {
  sk: string;
  delivered: number;
  read: number;
}

/**
 * For each member the highest message received and the highest one read, and nothing else. Counts are a
 * Query of all members. When somebody read is not known, and reading one message, or writing one,
 * reads all before it.
 */
export class PositionsOnly implements GroupStore {
  readonly #table: KeyedTable;
  readonly #rows: GroupRows;

  constructor(table: KeyedTable, groupId: string) {
    this.#table = table;
    this.#rows = new GroupRows(table, groupId);
  }

  createGroup = (memberIds: readonly string[]) =>
    this.#rows.create(memberIds, { delivered: 0, read: 0 });

  async send(authorId: string, content: string, at: number): Promise<number> {
    const { lastSeq: seq } = await this.#rows.next();
    const message = { senderId: authorId, content, createdAt: at };
    await this.#table.put([{ ...this.#messageKey(seq), ...message }]);
    await this.#advance(authorId, 'read', seq);
    return seq;
  }

  async deliver({ userId, seqs }: Mark): Promise<void> {
    await this.#advance(userId, 'delivered', Math.max(...seqs));
  }

  async read({ userId, seqs }: Mark): Promise<void> {
    await this.#advance(userId, 'read', Math.max(...seqs));
  }

  async counts(seq: number): Promise<Counts> {
    const others = await this.#others(seq);
    const delivered = others.filter((row) => Math.max(row.delivered, row.read) >= seq);
    const read = others.filter((row) => row.read >= seq);
    return { delivered: delivered.length, read: read.length, total: others.length };
  }

  async readers(seq: number): Promise<Reader[]> {
    const read = (await this.#others(seq)).filter((row) => row.read >= seq);
    return read.map(({ sk }) => ({ userId: sk.slice(2), readAt: null }));
  }

  async unread(userId: string): Promise<number> {
    const [{ lastSeq }, { read }] = await Promise.all([
      this.#rows.group(),
      this.#table.get<MemberRow>(this.#rows.memberKey(userId)),
    ]);
    return lastSeq - read;
  }

  #messageKey = (seq: number) => ({
    pk: this.#rows.partition,
    sk: `S#${String(seq).padStart(12, '0')}`,
  });

  async #others(seq: number): Promise<MemberRow[]> {
    const [{ senderId }, members] = await Promise.all([
      this.#table.get<Message>(this.#messageKey(seq)),
      this.#table.query<MemberRow>(this.#rows.partition, 'M#'),
    ]);
    return members.filter(({ sk }) => sk !== `M#${senderId}`);
  }

  /** A position never goes back. */
  async #advance(userId: string, position: 'delivered' | 'read', seq: number): Promise<void> {
    await this.#table.update(this.#rows.memberKey(userId), {
      update: 'SET #position = :seq',
      condition: '#position < :seq',
      names: { '#position': position },
      values: { ':seq': seq },
    });
  }
}
