export interface KeptRecall {
  readonly groupId: string;
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

type Place = Pick<KeptRecall, 'groupId' | 'seq'>;

/** What a user has recalled and nobody has sent yet, kept for all tabs of the browser. */
export class RecallStore {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #key: string;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, userId: string) {
    this.#storage = storage;
    this.#key = `seenby.recalls ${userId}`;
  }

  all(): readonly KeptRecall[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isKeptRecall) : [];
    } catch {
      return [];
    }
  }

  has(place: Place): boolean {
    return this.all().some((each) => isSame(each, place));
  }

  add(kept: KeptRecall): void {
    this.#write([...this.all().filter((each) => !isSame(each, kept)), kept]);
  }

  remove(place: Place): void {
    this.#write(this.all().filter((each) => !isSame(each, place)));
  }

  #write(kept: readonly KeptRecall[]): void {
    try {
      if (kept.length === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Without room in the storage they are sent by this page or not at all.
    }
  }
}

const isSame = (one: Place, other: Place): boolean =>
  one.groupId === other.groupId && one.seq === other.seq;

function isKeptRecall(value: unknown): value is KeptRecall {
  const { groupId, seq, dueAt } = (value ?? {}) as Partial<KeptRecall>;
  return typeof groupId === 'string' && typeof seq === 'number' && typeof dueAt === 'number';
}
