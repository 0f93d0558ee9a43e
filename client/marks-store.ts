import {
  isEmpty,
  type Marks,
  type MarksByGroup,
  mergeMarks,
  noMarks,
  withoutMarks,
} from './pending-marks.ts';

/** `localStorage`, or anything like it. */
export type SeenbyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Marks that wait for their confirmation: in memory, and in the storage so that they survive the
 * page. Other tabs keep theirs in the same place, so it is read anew for every change.
 */
export class MarksStore {
  readonly #storage: SeenbyStorage | undefined;
  #key: string | undefined;
  #marks: MarksByGroup = {};

  constructor(storage: SeenbyStorage | undefined) {
    this.#storage = storage;
  }

  /** Takes up what this user left behind, here or in another tab. */
  open(userId: string): void {
    const key = `seenby.marks.${userId}`;
    if (this.#key !== undefined && this.#key !== key) this.#marks = {};
    this.#key = key;
    for (const [groupId, marks] of Object.entries(this.#read())) this.add(groupId, marks);
  }

  get groupIds(): string[] {
    return Object.keys(this.#marks);
  }

  of(groupId: string): Marks {
    return this.#marks[groupId] ?? noMarks;
  }

  add(groupId: string, marks: Partial<Marks>): void {
    const more = { ...noMarks, ...marks };
    this.#change(groupId, (before) => mergeMarks(before, more));
  }

  settle(groupId: string, confirmed: Partial<Marks>): void {
    const done = { ...noMarks, ...confirmed };
    this.#change(groupId, (before) => withoutMarks(before, done));
  }

  #change(groupId: string, change: (before: Marks) => Marks): void {
    this.#marks = put(this.#marks, groupId, change(this.of(groupId)));
    if (this.#key === undefined || !this.#storage) return;
    const stored = this.#read();
    const next = put(stored, groupId, change(stored[groupId] ?? noMarks));
    try {
      if (Object.keys(next).length === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify(next));
    } catch {
      // A full or forbidden storage: the marks live as long as the page.
    }
  }

  #read(): MarksByGroup {
    if (this.#key === undefined) return {};
    try {
      return readMarks(JSON.parse(this.#storage?.getItem(this.#key) ?? '{}'));
    } catch {
      return {};
    }
  }
}

function put(all: MarksByGroup, groupId: string, marks: Marks): MarksByGroup {
  const { [groupId]: _before, ...others } = all;
  return isEmpty(marks) ? others : { ...others, [groupId]: marks };
}

/** What somebody else may have written there is merged into the right shape, or left out. */
function readMarks(value: unknown): MarksByGroup {
  const groups = Object.entries(value as Record<string, Partial<Marks>>);
  return Object.fromEntries(
    groups.map(([groupId, { readUpTo = 0, single = [], deliveredUpTo = 0 }]) => [
      groupId,
      mergeMarks(noMarks, { readUpTo, single, deliveredUpTo }),
    ]),
  );
}
