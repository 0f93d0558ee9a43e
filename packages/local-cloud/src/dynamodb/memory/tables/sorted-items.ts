import type { Attributes } from '../values/attribute-value.ts';
import { comparatorOf } from '../values/compare.ts';
import { itemSize } from '../values/size.ts';
import { type KeySchema, partitionOf, sortOf } from './schema.ts';

export interface Entry {
  item: Attributes;
  size: number;
  sort: string;
  /** Orders the entries of an index that have one key: where their items are in the table. */
  place: string;
}

type Position = Pick<Entry, 'sort' | 'place'>;

/** Items by partition key, those of a partition in the order of their sort keys. */
export class SortedItems {
  readonly schema: KeySchema;
  readonly #compareSort: (a: string, b: string) => number;
  readonly #partitions = new Map<string, Entry[]>();
  #scanOrder: string[] | undefined;
  #count = 0;

  constructor(schema: KeySchema) {
    this.schema = schema;
    this.#compareSort = comparatorOf(schema.sort?.type ?? 'S');
  }

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    let bytes = 0;
    for (const entries of this.#partitions.values()) {
      for (const { size } of entries) bytes += size;
    }
    return bytes;
  }

  partition(key: string): readonly Entry[] {
    return this.#partitions.get(key) ?? [];
  }

  find(partition: string, position: Position): Entry | undefined {
    const entries = this.partition(partition);
    const entry = entries[this.firstFrom(entries, position)];
    return entry && this.#compare(entry, position) === 0 ? entry : undefined;
  }

  put(item: Attributes, place: string): Entry {
    const partition = partitionOf(item, this.schema);
    const entry = { item, size: itemSize(item), sort: sortOf(item, this.schema), place };
    let entries = this.#partitions.get(partition);
    if (entries === undefined) {
      entries = [];
      this.#partitions.set(partition, entries);
      this.#scanOrder = undefined;
    }
    const index = this.firstFrom(entries, entry);
    const found = entries[index];
    const replaces = found !== undefined && this.#compare(found, entry) === 0;
    entries.splice(index, replaces ? 1 : 0, entry);
    if (!replaces) this.#count++;
    return entry;
  }

  remove(item: Attributes, place: string): void {
    const partition = partitionOf(item, this.schema);
    const entries = this.#partitions.get(partition);
    const position = { sort: sortOf(item, this.schema), place };
    if (entries === undefined || !this.find(partition, position)) return;
    entries.splice(this.firstFrom(entries, position), 1);
    this.#count--;
    if (entries.length > 0) return;
    this.#partitions.delete(partition);
    this.#scanOrder = undefined;
  }

  /** The index of the first entry for which `isFrom` holds; it holds for all that follow. */
  first(entries: readonly Entry[], isFrom: (entry: Entry) => boolean): number {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = entries[middle];
      if (entry !== undefined && isFrom(entry)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The index of the first entry at or behind a position. */
  firstFrom(entries: readonly Entry[], position: Position): number {
    return this.first(entries, (entry) => this.#compare(entry, position) >= 0);
  }

  /** That of the first one behind it. */
  firstAfter(entries: readonly Entry[], position: Position): number {
    return this.first(entries, (entry) => this.#compare(entry, position) > 0);
  }

  compareSort(a: string, b: string): number {
    return this.#compareSort(a, b);
  }

  /** The keys of all partitions, in an order that says as little about them as that of DynamoDB. */
  scanOrder(): readonly string[] {
    this.#scanOrder ??= [...this.#partitions.keys()].sort(compareHashes);
    return this.#scanOrder;
  }

  #compare(a: Position, b: Position): number {
    const order = this.#compareSort(a.sort, b.sort);
    if (order !== 0 || a.place === b.place) return order;
    return a.place < b.place ? -1 : 1;
  }
}

/** The order of partitions in a scan; a key that is no longer there has its place in it too. */
export function compareHashes(a: string, b: string): number {
  const order = hashOf(a) - hashOf(b);
  if (order !== 0 || a === b) return order;
  return a < b ? -1 : 1;
}

/** FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
