import { rangeSet } from '@seenby/core/ranges/range-set.ts';
import {
  type Confirmed,
  isEmpty,
  mergePending,
  nothingPending,
  type Pending,
  withoutConfirmed,
} from './pending.ts';
import type { SeenbyStorage } from './seenby-storage.ts';

type PendingByGroup = Map<string, Pending>;
type Change = (known: Pending) => Pending;

/**
 * What is pending in all groups: in memory, and in the storage so that it survives the page. Other
 * tabs keep theirs in the same place, so it is read anew for every change.
 */
export class PendingStore {
  readonly storage: SeenbyStorage | undefined;
  /** Undefined until it is known who the user is. */
  key: string | undefined;
  #byGroup: PendingByGroup = new Map();

  constructor(storage: SeenbyStorage | undefined) {
    this.storage = storage;
  }

  /**
   * Takes up what this user left behind, here or in another tab. What was pending before it was known
   * who the user is, is theirs; what is of another user stays in the storage.
   */
  open(key: string, userId: string): void {
    const own = this.key === undefined || this.key === key ? this.#byGroup : [];
    this.key = key;
    this.#byGroup = this.#read(key);
    for (const [groupId, pending] of own) {
      const messages = pending.messages.map((message) => ({ ...message, senderId: userId }));
      this.add(groupId, { ...pending, messages });
    }
  }

  get groupIds(): string[] {
    return [...this.#byGroup.keys()];
  }

  of(groupId: string): Pending {
    return this.#byGroup.get(groupId) ?? nothingPending;
  }

  add(groupId: string, pending: Partial<Pending>): void {
    this.#change(groupId, (known) => mergePending(known, { ...nothingPending, ...pending }));
  }

  /** The service has these, or nobody wants it to have them any more. */
  settle(groupId: string, confirmed: Partial<Confirmed>): void {
    const gone = { ...nothingPending, ...confirmed };
    this.#change(groupId, (known) => withoutConfirmed(known, gone));
  }

  #change(groupId: string, change: Change): void {
    put(this.#byGroup, groupId, change);
    if (this.key === undefined || !this.storage) return;
    const stored = this.#read(this.key);
    put(stored, groupId, change);
    try {
      if (stored.size === 0) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify(Object.fromEntries(stored)));
    } catch {
      // A full or forbidden storage: it lives as long as the page.
    }
  }

  #read(key: string): PendingByGroup {
    try {
      return parsePending(JSON.parse(this.storage?.getItem(key) ?? '{}'));
    } catch {
      return new Map();
    }
  }
}

function put(all: PendingByGroup, groupId: string, change: Change): void {
  const pending = change(all.get(groupId) ?? nothingPending);
  all.set(groupId, pending);
  if (isEmpty(pending)) all.delete(groupId);
}

/** What somebody else may have written there is brought into the right shape, or left out. */
function parsePending(value: unknown): PendingByGroup {
  const groups = Object.entries(value as Record<string, Pending>);
  return new Map(
    groups.map(([groupId, { read, delivered, messages }]) => [
      groupId,
      {
        ...{ read: rangeSet(read), delivered: rangeSet(delivered) },
        messages: messages.filter(({ content }) => typeof content === 'string'),
      },
    ]),
  );
}
