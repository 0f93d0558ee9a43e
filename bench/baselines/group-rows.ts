import type { Key, KeyedTable } from './keyed-table.ts';

export interface GroupRow {
  lastSeq: number;
  memberCount: number;
}

interface MemberRow {
  sk: string;
  /** Messages that the member has read or written. */
  done: number;
}

/** The group and its members: rows that the designs have in common. */
export class GroupRows {
  readonly groupId: string;
  readonly #table: KeyedTable;

  constructor(table: KeyedTable, groupId: string) {
    this.#table = table;
    this.groupId = groupId;
  }

  get #groupKey(): Key {
    return { pk: this.partition, sk: 'GROUP' };
  }

  get partition(): string {
    return `G#${this.groupId}`;
  }

  memberKey = (userId: string): Key => ({ pk: this.partition, sk: `M#${userId}` });

  messagePartition = (seq: number): string => `${this.partition}#${seq}`;

  create(memberIds: readonly string[], member: object): Promise<void> {
    return this.#table.put([
      { ...this.#groupKey, lastSeq: 0, memberCount: memberIds.length },
      ...memberIds.map((userId) => ({ ...this.memberKey(userId), ...member })),
    ]);
  }

  group = (): Promise<GroupRow> => this.#table.get<GroupRow>(this.#groupKey);

  /** Takes the next seq. */
  async next(): Promise<GroupRow> {
    const update = { update: 'ADD lastSeq :one', values: { ':one': 1 } };
    return (await this.#table.update(this.#groupKey, update, 'ALL_NEW')) as unknown as GroupRow;
  }

  /** Whom a message goes to. Members change seldom, so the read need not be consistent. */
  async memberIds(): Promise<string[]> {
    const rows = await this.#table.query<MemberRow>(this.partition, 'M#', {});
    return rows.map(({ sk }) => sk.slice(2));
  }

  /** A counter for each member instead of one for each member and message. */
  async addDone(userId: string, messages: number): Promise<void> {
    if (messages === 0) return;
    const update = { update: 'ADD done :messages', values: { ':messages': messages } };
    await this.#table.update(this.memberKey(userId), update);
  }

  async unreadByDone(userId: string): Promise<number> {
    const [{ lastSeq }, { done }] = await Promise.all([
      this.group(),
      this.#table.get<MemberRow>(this.memberKey(userId)),
    ]);
    return lastSeq - done;
  }
}
