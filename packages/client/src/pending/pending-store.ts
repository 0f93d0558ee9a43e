import { emptySet, rangeSet } from '@seenby/core/ranges/range-set.ts';
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
  /** Of the service's state: receipts name messages by their seq, which is another message in another one. */
  epoch: string | undefined;
  #byGroup: PendingByGroup = new Map();

  constructor(storage: SeenbyStorage | undefined) {
    this.storage = storage;
  }

  /**
   * Takes up what this user left behind, here or in another tab. What was pending before it was known
   * who the user is, is theirs; what is of another user stays in the storage. Answers whether the service's
   * state is another one than before.
   */
  open(key: string, userId: string, epoch = this.epoch): boolean {
    const own = this.key === undefined || this.key === key ? this.#byGroup : [];
    const isOfNow = isSameEpoch(this.epoch, epoch);
    this.key = key;
    this.epoch = epoch;
    this.#byGroup = this.#read(key);
    for (const [groupId, pending] of own) {
      const messages = pending.messages.map((message) => ({ ...message, senderId: userId }));
      this.add(groupId, isOfNow ? { ...pending, messages } : { messages });
    }
    return !isOfNow;
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
      else this.storage.setItem(this.key, this.#write(stored));
    } catch {
      // A full or forbidden storage: it lives as long as the page.
    }
  }

  #write(stored: PendingByGroup): string {
    const { epoch } = this;
    const entries = [...stored].map(([groupId, pending]) => [groupId, { ...pending, epoch }]);
    return JSON.stringify(Object.fromEntries(entries));
  }

  #read(key: string): PendingByGroup {
    try {
      return parsePending(JSON.parse(this.storage?.getItem(key) ?? '{}'), this.epoch);
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

type Stored = Pending & { epoch?: string };

/** One that is not known is that of any other: the first answer of the service tells. */
const isSameEpoch = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

/** What somebody else may have written there is brought into the right shape, or left out. */
function parsePending(value: unknown, now: string | undefined): PendingByGroup {
  const groups = Object.entries(value as Record<string, Stored>).map(
    ([groupId, { read, delivered, messages, epoch }]) => {
      const receipts = isSameEpoch(epoch, now)
        ? { read: rangeSet(read), delivered: rangeSet(delivered) }
        : { read: emptySet, delivered: emptySet };
      const texts = messages.filter(({ content }) => typeof content === 'string');
      return [groupId, { ...receipts, messages: texts }] as const;
    },
  );
  return new Map(groups.filter(([, pending]) => !isEmpty(pending)));
}
