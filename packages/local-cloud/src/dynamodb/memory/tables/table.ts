import { invalid } from '../errors.ts';
import type { TableStream } from '../streams/table-stream.ts';
import type { Attributes } from '../values/attribute-value.ts';
import { equalAttributes } from '../values/compare.ts';
import { checkIndexKey, type KeySchema, partitionOf, placeOf, sortOf } from './schema.ts';
import type { SecondaryIndex } from './secondary-index.ts';
import { type Entry, SortedItems } from './sorted-items.ts';
import { totalOf, type Units, writeUnits } from './units.ts';

const maxItemBytes = 400 * 1024;

export interface TableParts {
  name: string;
  key: KeySchema;
  indexes: readonly SecondaryIndex[];
  stream?: TableStream | undefined;
  /** What DescribeTable says besides counts. */
  description: Readonly<Record<string, unknown>>;
}

/** One table: items by key, its indexes and its stream. */
export class Table {
  readonly name: string;
  readonly key: KeySchema;
  readonly items: SortedItems;
  readonly indexes: readonly SecondaryIndex[];
  readonly stream: TableStream | undefined;
  readonly description: Readonly<Record<string, unknown>>;
  /** All units taken, as CloudWatch has them: by writes whose condition did not hold as well. */
  readonly consumed = { read: 0, write: 0 };
  /** The attribute that says when an item expires, while time to live is on. */
  timeToLive: string | undefined;

  constructor({ name, key, indexes, stream, description }: TableParts) {
    this.name = name;
    this.key = key;
    this.items = new SortedItems(key);
    this.indexes = indexes;
    this.stream = stream;
    this.description = description;
  }

  charge(kind: 'read' | 'write', units: Units): void {
    this.consumed[kind] += totalOf(units);
  }

  find(key: Attributes): Entry | undefined {
    const place = placeOf(key, this.key);
    return this.items.find(partitionOf(key, this.key), { sort: sortOf(key, this.key), place });
  }

  index(name: string): SecondaryIndex {
    const index = this.indexes.find((each) => each.name === name);
    if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
    return index;
  }

  /** Refuses what may not be stored here; its key has been checked. */
  check(item: Attributes, size: number, message: string): void {
    if (size > maxItemBytes) throw invalid(message);
    for (const index of this.indexes) checkIndexKey(item, index.name, index.items.schema);
  }

  /** Replaces an item by another with its key, or by none, and answers what that takes. */
  write(
    old: Entry | undefined,
    next: Attributes | undefined,
    { byTimeToLive = false } = {},
  ): Units {
    const before = old?.item;
    const item = next ?? before;
    const place = item && placeOf(item, this.key);
    let size = 0;
    if (place !== undefined && next !== undefined) size = this.items.put(next, place).size;
    else if (place !== undefined && before !== undefined) this.items.remove(before, place);
    const units: Units = { table: writeUnits(Math.max(size, old?.size ?? 0)), indexes: {} };
    for (const index of this.indexes) {
      const taken = index.follow(before, next);
      if (taken > 0) units.indexes[index.name] = taken;
    }
    const isSame = before && next ? equalAttributes(before, next) : before === next;
    if (!isSame) this.stream?.append(this.key, before, next, byTimeToLive);
    return units;
  }
}
