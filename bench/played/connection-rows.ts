import type { KeyedTable } from '../baselines/keyed-table.ts';

type Kind = 'connected' | 'watching';

/**
 * Who can be told, for designs that say nothing about it: all connections of a group in one partition,
 * and those that have it open in another. So finding them is one Query. That a user has many groups,
 * and each of them such a row, is not charged.
 */
export class ConnectionRows {
  readonly #table: KeyedTable;
  readonly #groupId: string;
  readonly #userIds = { connected: new Set<string>(), watching: new Set<string>() };

  constructor(table: KeyedTable, groupId: string) {
    this.#table = table;
    this.#groupId = groupId;
  }

  async add(kind: Kind, userId: string): Promise<void> {
    this.#userIds[kind].add(userId);
    await this.#table.put([{ ...this.#key(kind, userId), connectionId: 'Fm1L-jqV00000CEJw=' }]);
  }

  async remove(kind: Kind, userId: string): Promise<void> {
    this.#userIds[kind].delete(userId);
    await this.#table.remove(this.#key(kind, userId));
  }

  /** Reads them; who has just gone may be among them, so the read need not be consistent. */
  async find(kind: Kind): Promise<void> {
    await this.#table.query(this.#partition(kind), 'M#', {});
  }

  has = (kind: Kind, userId: string): boolean => this.#userIds[kind].has(userId);

  count(kind: Kind, exceptFor?: string): number {
    const userIds = this.#userIds[kind];
    return userIds.size - (exceptFor !== undefined && userIds.has(exceptFor) ? 1 : 0);
  }

  #partition = (kind: Kind) => `G#${this.#groupId}#${kind}`;

  #key = (kind: Kind, userId: string) => ({ pk: this.#partition(kind), sk: `M#${userId}` });
}
