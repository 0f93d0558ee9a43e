import type { MemberState } from '@seenby/core/members/member.ts';
import type { Key } from '../../../../functions/store/dynamodb/keys.ts';
import { type Item, Table, type WriteOutcome } from '../../../../functions/store/dynamodb/table.ts';
import type { TransactionOutcome } from '../../../../functions/store/dynamodb/transact.ts';
import { fromMemberItem } from '../../../../functions/store/items/member-item.ts';
import type { MemberChange } from '../../../../functions/stream/member-change.ts';

/** Called around every request to the database. MAY throw before it, or after it took effect. */
export type Trouble = <T>(request: () => Promise<T>) => Promise<T>;

type Client = ConstructorParameters<typeof Table>[0];

/** What the stream would say: every version of every member row, as it was written. */
export class RowTap {
  readonly #rows = new Map<string, MemberState>();
  readonly #tell: (change: MemberChange) => void;

  constructor(tell: (change: MemberChange) => void) {
    this.#tell = tell;
  }

  written(item: Item): void {
    const { pk, sk } = item as Key;
    if (!pk?.endsWith('#M')) return;
    const after = fromMemberItem(item);
    const name = `${pk} ${sk}`;
    this.#rows.set(`${name} ${after.revision}`, after);
    const before = this.#rows.get(`${name} ${after.revision - 1}`);
    const sequenceNumber = `${name} ${String(after.revision).padStart(6, '0')}`;
    this.#tell({ groupId: pk.slice(2, -2), before, after, sequenceNumber });
  }
}

/** The real table as one sandbox reaches it: requests fail, and its writes show in the stream. */
export class FaultyTable extends Table {
  readonly #trouble: Trouble;
  readonly #tap: RowTap;

  constructor(client: Client, name: string, parts: { trouble: Trouble; tap: RowTap }) {
    super(client, name);
    this.#trouble = parts.trouble;
    this.#tap = parts.tap;
  }

  override get(...args: Parameters<Table['get']>) {
    return this.#trouble(() => super.get(...args));
  }

  override getMany(...args: Parameters<Table['getMany']>) {
    return this.#trouble(() => super.getMany(...args));
  }

  /** `queryAll` reads page by page too. */
  override async *query(...args: Parameters<Table['query']>) {
    const pages = super.query(...args);
    for (;;) {
      const { done, value } = await this.#trouble(() => pages.next());
      if (done) return;
      yield value;
    }
  }

  override update(...args: Parameters<Table['update']>) {
    return this.#trouble(() => super.update(...args));
  }

  override transact(parts: Parameters<Table['transact']>[0]): Promise<TransactionOutcome> {
    return this.#trouble(async () => {
      const written = await super.transact(parts);
      if (written.outcome === 'refused') return written;
      for (const part of parts) {
        if ('Put' in part) this.#tap.written(part.Put.Item ?? {});
      }
      return written;
    });
  }

  override deleteMany(...args: Parameters<Table['deleteMany']>) {
    return this.#trouble(() => super.deleteMany(...args));
  }

  override put(input: Parameters<Table['put']>[0]): Promise<WriteOutcome> {
    return this.#trouble(async () => {
      const written = await super.put(input);
      if (written.outcome === 'written') this.#tap.written(input.Item);
      return written;
    });
  }

  override putMany(items: readonly Item[]): Promise<void> {
    return this.#trouble(async () => {
      await super.putMany(items);
      for (const item of items) this.#tap.written(item);
    });
  }
}
