import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../../../../functions/store/dynamodb/keys.ts';
import {
  type Consistency,
  type Item,
  Table,
  type WriteOutcome,
} from '../../../../functions/store/dynamodb/table.ts';
import type { TransactionOutcome } from '../../../../functions/store/dynamodb/transact.ts';

/** What was written. Of a member row, all of which are put whole, also what was there before. */
export interface ItemWrite {
  key: Key;
  before?: Item | undefined;
  after?: Item | undefined;
}

export type WriteListener = (write: ItemWrite) => void;

const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });
export const isMemberRow = ({ pk }: Key): boolean => pk.endsWith('#M');
const nameOf = ({ pk, sk }: Item): string => `${pk} ${sk}`;

/** The real table, that tells of every write made through it. */
export class WatchedTable extends Table {
  readonly #before: Table;
  readonly #listeners: WriteListener[] = [];

  /** `before` knows what was there before a write. */
  constructor(client: DynamoDBDocumentClient, name: string, before: Table) {
    super(client, name);
    this.#before = before;
  }

  onWrite(listener: WriteListener): void {
    this.#listeners.push(listener);
  }

  override async put(input: Parameters<Table['put']>[0]): Promise<WriteOutcome> {
    const key = keyOf(input.Item);
    const before = isMemberRow(key) ? await this.#before.get(key) : undefined;
    const written = await super.put(input);
    if (written.outcome === 'written') this.#tell({ key, before, after: input.Item });
    return written;
  }

  override async update(input: Parameters<Table['update']>[0]): Promise<WriteOutcome> {
    const key = keyOf(input.Key ?? {});
    const written = await super.update(input);
    if (written.outcome === 'written') this.#tell({ key });
    return written;
  }

  override async transact(parts: Parameters<Table['transact']>[0]): Promise<TransactionOutcome> {
    const writes = await Promise.all(parts.flatMap((part) => this.#writeOf(part) ?? []));
    const outcome = await super.transact(parts);
    if (outcome.outcome === 'written') for (const write of writes) this.#tell(write);
    return outcome;
  }

  #writeOf(part: Parameters<Table['transact']>[0][number]): Promise<ItemWrite> | undefined {
    if ('Put' in part) return this.#writeOfItem(keyOf(part.Put.Item ?? {}), part.Put.Item);
    if ('Update' in part) return this.#writeOfItem(keyOf(part.Update.Key ?? {}));
    if ('Delete' in part) return this.#writeOfItem(keyOf(part.Delete.Key ?? {}));
    return undefined;
  }

  async #writeOfItem(key: Key, after?: Item): Promise<ItemWrite> {
    return { key, before: isMemberRow(key) ? await this.#before.get(key) : undefined, after };
  }

  override async putMany(items: readonly Item[]): Promise<void> {
    await super.putMany(items);
    for (const item of items) this.#tell({ key: keyOf(item), after: item });
  }

  override async deleteMany(keys: readonly Key[]): Promise<void> {
    await super.deleteMany(keys);
    for (const key of keys) this.#tell({ key });
  }

  #tell(write: ItemWrite): void {
    for (const listener of this.#listeners) listener(write);
  }
}

/**
 * Reads each item and each query of the same table once, and again after a write that may have
 * moved it. Asking every member everything after every step then costs a few requests instead of
 * a hundred. Sound because nobody else writes the groups and users of a run.
 */
export class RememberingTable extends Table {
  readonly #items = new Map<string, Promise<Item | undefined>>();
  readonly #queries = new Map<string, Map<string, Promise<Item[]>>>();

  forget({ key, before, after }: ItemWrite): void {
    this.#items.delete(nameOf(key));
    this.#queries.delete(key.pk);
    // Joining and leaving show in the index of the user, which holds nothing else.
    if (isMemberRow(key) && before?.userId !== after?.userId) {
      this.#queries.delete(key.sk.slice('U#'.length));
    }
  }

  /** Reading notes what it has looked through. */
  override async update(input: Parameters<Table['update']>[0]): Promise<WriteOutcome> {
    const written = await super.update(input);
    this.forget({ key: keyOf(input.Key ?? {}) });
    return written;
  }

  override async get(key: Key): Promise<Item | undefined> {
    return (await this.getMany([key], 'strong'))[0];
  }

  override async getMany(
    keys: readonly Key[],
    consistency: Consistency,
  ): Promise<(Item | undefined)[]> {
    const missing = keys.filter((key) => !this.#items.has(nameOf(key)));
    if (missing.length > 0) {
      const found = super.getMany(missing, consistency);
      for (const [i, key] of missing.entries()) {
        this.#items.set(
          nameOf(key),
          found.then((items) => items[i]),
        );
      }
    }
    return Promise.all(keys.map((key) => this.#items.get(nameOf(key))));
  }

  override queryAll(input: Parameters<Table['queryAll']>[0]): Promise<Item[]> {
    const values = input.ExpressionAttributeValues ?? {};
    const partition = String(values[':pk'] ?? values[':userId']);
    const inPartition = this.#queries.get(partition) ?? new Map<string, Promise<Item[]>>();
    this.#queries.set(partition, inPartition);
    const name = JSON.stringify(input);
    const known = inPartition.get(name) ?? super.queryAll(input);
    inPartition.set(name, known);
    return known;
  }
}
