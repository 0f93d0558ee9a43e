import { type Attributes, noAttributes } from '../values/attribute-value.ts';
import { equalAttributes } from '../values/compare.ts';
import { itemSize } from '../values/size.ts';
import { type KeySchema, keyAttributes, placeOf } from './schema.ts';
import { SortedItems } from './sorted-items.ts';
import { writeUnits } from './units.ts';

export interface Projection {
  ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  NonKeyAttributes?: string[];
}

/** A global secondary index: the items that have its key, with the attributes that it projects. */
export class SecondaryIndex {
  readonly name: string;
  readonly projection: Projection;
  readonly items: SortedItems;
  readonly #tableKey: KeySchema;
  /** Undefined: all of them. */
  readonly #projected: ReadonlySet<string> | undefined;

  constructor(name: string, key: KeySchema, projection: Projection, tableKey: KeySchema) {
    this.name = name;
    this.projection = projection;
    this.items = new SortedItems(key);
    this.#tableKey = tableKey;
    if (projection.ProjectionType === 'ALL') return;
    const keys = [...keyAttributes(key), ...keyAttributes(tableKey)].map((each) => each.name);
    this.#projected = new Set([...keys, ...(projection.NonKeyAttributes ?? [])]);
  }

  projects(attribute: string): boolean {
    return this.#projected?.has(attribute) ?? true;
  }

  /** Follows a write of the table and answers the units that it takes here. */
  follow(old: Attributes | undefined, next: Attributes | undefined): number {
    const [before, after] = [old && this.#entryOf(old), next && this.#entryOf(next)];
    if (before && after && equalAttributes(before, after)) return 0;
    const [from, to] = [this.#placeIn(before), this.#placeIn(after)];
    const stays = from !== undefined && from === to;
    if (before && !stays) this.items.remove(before, placeOf(before, this.#tableKey));
    if (after) this.items.put(after, placeOf(after, this.#tableKey));
    const sizes = [before ? itemSize(before) : 0, after ? itemSize(after) : 0] as const;
    if (stays) return writeUnits(Math.max(...sizes));
    // A new key takes two writes: one for each of its places.
    return (before ? writeUnits(sizes[0]) : 0) + (after ? writeUnits(sizes[1]) : 0);
  }

  #placeIn(entry: Attributes | undefined): string | undefined {
    return entry && placeOf(entry, this.items.schema);
  }

  #entryOf(item: Attributes): Attributes | undefined {
    const hasKey = keyAttributes(this.items.schema).every(({ name }) => item[name] !== undefined);
    if (!hasKey || this.#projected === undefined) return hasKey ? item : undefined;
    const entry = noAttributes();
    for (const name of this.#projected) {
      const value = item[name];
      if (value !== undefined) entry[name] = value;
    }
    return entry;
  }
}
