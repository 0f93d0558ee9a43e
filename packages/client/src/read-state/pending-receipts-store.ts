import { rangeSet } from '@seenby/core/ranges/range-set.ts';
import {
  isEmpty,
  mergePending,
  nothingPending,
  type PendingByGroup,
  type PendingReceipts,
  withoutConfirmed,
} from './pending-receipts.ts';

/** `localStorage`, or anything like it. */
export type SeenbyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The pending receipts of all groups: in memory, and in the storage so that they survive the page.
 * Other tabs keep theirs in the same place, so it is read anew for every change.
 */
export class PendingReceiptsStore {
  readonly #storage: SeenbyStorage | undefined;
  #key: string | undefined;
  #byGroup: PendingByGroup = new Map();

  constructor(storage: SeenbyStorage | undefined) {
    this.#storage = storage;
  }

  /** Takes up what this user left behind, here or in another tab. */
  open(userId: string): void {
    const key = `seenby.marks.${userId}`;
    if (this.#key !== undefined && this.#key !== key) this.#byGroup = new Map();
    this.#key = key;
    for (const [groupId, receipts] of this.#read(key)) this.add(groupId, receipts);
  }

  get groupIds(): string[] {
    return [...this.#byGroup.keys()];
  }

  of(groupId: string): PendingReceipts {
    return this.#byGroup.get(groupId) ?? nothingPending;
  }

  add(groupId: string, receipts: Partial<PendingReceipts>): void {
    this.#change(groupId, mergePending, receipts);
  }

  settle(groupId: string, confirmed: Partial<PendingReceipts>): void {
    this.#change(groupId, withoutConfirmed, confirmed);
  }

  /** Nothing of it can ever be confirmed. */
  drop(groupId: string): void {
    this.#change(groupId, () => nothingPending, {});
  }

  #change(groupId: string, combine: typeof mergePending, partial: Partial<PendingReceipts>): void {
    const receipts = { ...nothingPending, ...partial };
    this.#byGroup = put(this.#byGroup, groupId, combine(this.of(groupId), receipts));
    if (this.#key === undefined || !this.#storage) return;
    const stored = this.#read(this.#key);
    const next = put(stored, groupId, combine(stored.get(groupId) ?? nothingPending, receipts));
    try {
      if (next.size === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify(Object.fromEntries(next)));
    } catch {
      // A full or forbidden storage: they live as long as the page.
    }
  }

  #read(key: string): PendingByGroup {
    try {
      return parsePending(JSON.parse(this.#storage?.getItem(key) ?? '{}'));
    } catch {
      return new Map();
    }
  }
}

function put(all: PendingByGroup, groupId: string, receipts: PendingReceipts): PendingByGroup {
  const next = new Map(all);
  if (isEmpty(receipts)) next.delete(groupId);
  else next.set(groupId, receipts);
  return next;
}

/** What somebody else may have written there is brought into the right shape, or left out. */
function parsePending(value: unknown): PendingByGroup {
  const groups = Object.entries(value as Record<string, PendingReceipts>);
  return new Map(
    groups.map(([groupId, { read, delivered }]) => [
      groupId,
      { read: rangeSet(read), delivered: rangeSet(delivered) },
    ]),
  );
}
