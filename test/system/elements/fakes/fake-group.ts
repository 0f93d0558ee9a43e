import type { ElementGroup } from '../../../../packages/client/src/elements/elements.ts';
import type { GroupStatus, ReceiptLine, Role } from '../../../../packages/client/src/index.ts';
import { readersOf, receiptOf } from './fake-readers.ts';
import { FakeStore } from './fake-store.ts';

export interface FakePerson {
  userId: string;
  name?: string;
  picture?: string;
}

const sentAt = Date.UTC(2026, 10, 27, 9, 30);
type Lines = ReadonlyMap<string, ReceiptLine>;
type Positions = ReturnType<ElementGroup['positions']['getSnapshot']>;

/** A group as elements use it, whose members do what the test says. */
export class FakeGroup implements ElementGroup {
  readonly groupId: string;
  /** The first of the people is the author of all messages. */
  readonly people: readonly FakePerson[];
  readonly asked: string[] = [];
  readonly #listeners = new FakeStore<undefined>(undefined);
  readonly #lines = new Map<number, Lines>();
  readonly #stores = new Map<number, FakeStore<ReturnType<typeof readersOf>>>();
  readonly #readSeqs = new Map<string, number>();
  readonly positions = new FakeStore<Positions>({
    status: 'loading',
    members: [],
    bySeq: new Map(),
  });
  unread = 0;
  mentions = 0;
  role: Role = 'member';
  refusal: { code: string; retryAfterMs?: number } | undefined;

  constructor(groupId: string, people: readonly FakePerson[]) {
    this.groupId = groupId;
    this.people = people;
  }

  get listenerCount(): number {
    return this.#listeners.listenerCount;
  }

  readonly subscribeState = (listener: () => void) => this.#listeners.subscribeState(listener);

  readonly changed = (): void => {
    for (const [seq, store] of this.#stores) store.set(readersOf(seq, this.#linesOf(seq)));
    this.#listeners.set(undefined);
  };

  readonly getSnapshot = () => ({
    ...{ messages: [], readSeq: 0, isRemoved: false, firstUnread: undefined, typing: [] },
    unreadCount: this.unread,
    status: { groupId: this.groupId, mentionCount: this.mentions, role: this.role } as GroupStatus,
  });

  readonly getReceipt = (seq: number) => {
    const lines = this.#lines.get(seq);
    return lines && receiptOf([...lines.values()]);
  };

  /** The store of a message: what a test sets in it stays until the group changes. */
  readonly watchReaders = (seq: number) => {
    const known = this.#stores.get(seq);
    if (known) return known;
    const store = new FakeStore(readersOf(seq, this.#linesOf(seq)));
    this.#stores.set(seq, store);
    return store;
  };

  readonly listReaders: ElementGroup['listReaders'] = async (seq, query = {}) => {
    this.asked.push(`${seq} ${JSON.stringify(query)}`);
    if (this.refusal) throw this.refusal;
    const lines = this.#linesOf(seq);
    const read = lines.filter(({ readAt }) => readAt !== null);
    const latest = read.sort((a, b) => (b.readAt ?? 0) - (a.readAt ?? 0));
    const counts = receiptOf(lines);
    return {
      ...{ seq, readCount: counts.read, unreadCount: counts.unread, status: counts.status },
      ...{ deliveredCount: counts.delivered, totalCount: counts.total },
      ...{ members: latest.slice(0, query.limit), next: null },
    };
  };

  readonly remindUnread = async (seq: number) => {
    this.asked.push(`remind ${seq}`);
    if (this.refusal) throw this.refusal;
    return { reminded: receiptOf(this.#linesOf(seq)).unread, reached: 1 };
  };

  say(seq: number): void {
    const lines = this.people.map((person, i) => {
      const at = i === 0 ? sentAt : null;
      const line: ReceiptLine = { ...person, deliveredAt: at, readAt: at };
      return [person.userId, i === 0 ? { ...line, isSender: true as const } : line] as const;
    });
    this.#lines.set(seq, new Map(lines));
    this.changed();
  }

  deliver(seq: number, afterMs: number, ...userIds: string[]): void {
    this.#mark(seq, userIds, (line) => ({ ...line, deliveredAt: sentAt + afterMs }));
  }

  read(seq: number, afterMs: number, ...userIds: string[]): void {
    const at = sentAt + afterMs;
    this.#mark(seq, userIds, (line) => ({
      ...line,
      ...{ deliveredAt: line.deliveredAt ?? at, readAt: line.readAt ?? at },
    }));
  }

  /** Members stand at a message: those who are named last came last. */
  stand(seq: number, ...userIds: string[]): void {
    for (const userId of userIds) {
      this.#readSeqs.delete(userId);
      this.#readSeqs.set(userId, seq);
    }
    const members = [...this.#readSeqs].map(([userId, readSeq], i) => {
      const person = this.people.find((each) => each.userId === userId) ?? { userId };
      return { ...person, readSeq, deliveredSeq: readSeq, lastReadAt: sentAt + i };
    });
    const bySeq = Map.groupBy(members.toReversed(), ({ readSeq }) => readSeq);
    this.positions.set({ status: 'ready', members, bySeq });
  }

  #linesOf(seq: number): ReceiptLine[] {
    return [...(this.#lines.get(seq)?.values() ?? [])];
  }

  #mark(seq: number, userIds: string[], change: (line: ReceiptLine) => ReceiptLine): void {
    const lines = new Map(this.#lines.get(seq));
    for (const userId of userIds) {
      const line = lines.get(userId);
      if (line) lines.set(userId, change(line));
    }
    this.#lines.set(seq, lines);
    this.changed();
  }
}
