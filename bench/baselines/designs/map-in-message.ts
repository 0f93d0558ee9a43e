import pMap from 'p-map';
import type { Counts, GroupStore, Mark, Reader } from '../design.ts';
import { GroupRows } from '../group-rows.ts';
import type { KeyedTable } from '../keyed-table.ts';

interface Message {
  total: number;
  /** Times by user id. */
  delivered: Record<string, number>;
  readers: Record<string, number>;
}

/** Requests of one call that are under way at a time. */
const concurrency = 20;

/**
 * The message holds a map of its readers, and one of those it has reached. Each read writes the whole
 * item again, so a message that many have read costs many units a read. An item of DynamoDB holds
 * 400 KB: with ids of twelve characters some 16,000 readers, or half as many if deliveries are kept.
 */
export class MapInMessage implements GroupStore {
  readonly #table: KeyedTable;
  readonly #rows: GroupRows;

  constructor(table: KeyedTable, groupId: string) {
    this.#table = table;
    this.#rows = new GroupRows(table, groupId);
  }

  createGroup = (memberIds: readonly string[]) => this.#rows.create(memberIds, { done: 0 });

  async send(authorId: string, content: string, at: number): Promise<number> {
    const { lastSeq: seq, memberCount } = await this.#rows.next();
    const maps = { delivered: {}, readers: {}, total: memberCount - 1 };
    const message = { senderId: authorId, content, createdAt: at, ...maps };
    await this.#table.put([{ ...this.#messageKey(seq), ...message }]);
    await this.#rows.addDone(authorId, 1);
    return seq;
  }

  async deliver({ userId, seqs, at }: Mark): Promise<void> {
    await pMap(seqs, (seq) => this.#note(seq, 'delivered', userId, at), { concurrency });
  }

  async read({ userId, seqs, at }: Mark): Promise<void> {
    const changed = await pMap(seqs, (seq) => this.#note(seq, 'readers', userId, at), {
      concurrency,
    });
    await this.#rows.addDone(userId, changed.filter(Boolean).length);
  }

  async counts(seq: number): Promise<Counts> {
    const { delivered, readers, total } = await this.#message(seq);
    const read = Object.keys(readers);
    return {
      delivered: new Set([...read, ...Object.keys(delivered)]).size,
      ...{ read: read.length, total },
    };
  }

  async readers(seq: number): Promise<Reader[]> {
    const { readers } = await this.#message(seq);
    return Object.keys(readers)
      .sort()
      .map((userId) => ({ userId, readAt: readers[userId] ?? null }));
  }

  unread = (userId: string): Promise<number> => this.#rows.unreadByDone(userId);

  #messageKey = (seq: number) => ({
    pk: this.#rows.partition,
    sk: `S#${String(seq).padStart(12, '0')}`,
  });

  #message = (seq: number) => this.#table.get<Message>(this.#messageKey(seq));

  /** Answers undefined if the user is in the map already. */
  #note(seq: number, map: 'delivered' | 'readers', userId: string, at: number) {
    return this.#table.update(this.#messageKey(seq), {
      update: 'SET #map.#user = :at',
      condition: 'attribute_not_exists(#map.#user)',
      names: { '#map': map, '#user': userId },
      values: { ':at': at },
    });
  }
}
