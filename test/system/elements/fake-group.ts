import type { ElementGroup } from '../../../packages/client/src/elements/elements.ts';
import type { GroupStatus, ReceiptLine } from '../../../packages/client/src/index.ts';

export interface FakePerson {
  userId: string;
  name?: string;
  picture?: string;
}

const sentAt = Date.UTC(2026, 10, 27, 9, 30);

const nobody = { read: 0, unread: 0, delivered: 0, total: 0, status: 'sent' } as const;

/** A group as elements use it, whose members do what the test says. */
export class FakeGroup implements ElementGroup {
  readonly groupId: string;
  readonly #people: readonly FakePerson[];
  readonly #lines = new Map<number, Map<string, ReceiptLine>>();
  readonly #listeners = new Set<() => void>();
  readonly asked: string[] = [];
  unread = 0;
  mentions = 0;
  refusal: { code: string } | undefined;

  /** The first of the people is the author of all messages. */
  constructor(groupId: string, people: readonly FakePerson[]) {
    this.groupId = groupId;
    this.#people = people;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  readonly subscribeState = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly changed = (): void => {
    for (const listener of this.#listeners) listener();
  };

  readonly getSnapshot = () => ({
    ...{ messages: [], readSeq: 0, isRemoved: false, firstUnread: undefined, typing: [] },
    unreadCount: this.unread,
    status: { groupId: this.groupId, mentionCount: this.mentions } as GroupStatus,
  });

  readonly getReceipt = (seq: number) => {
    const lines = this.#lines.get(seq);
    if (!lines) return undefined;
    const all = [...lines.values()];
    const read = all.filter(({ readAt }) => readAt !== null).length;
    const delivered = all.filter(({ deliveredAt }) => deliveredAt !== null).length;
    const total = all.length;
    const status = read === total ? 'read' : delivered === total ? 'delivered' : 'sent';
    const unread = total - read;
    const others = { read: read - 1, unread, delivered: delivered - 1, total: total - 1 };
    const ratio = others.read / Math.max(1, others.total);
    return { read, unread, delivered, total, status, others: { ...others, ratio } } as const;
  };

  readonly listReaders: ElementGroup['listReaders'] = async (seq, query = {}) => {
    this.asked.push(`${seq} ${JSON.stringify(query)}`);
    if (this.refusal) throw this.refusal;
    const read = [...(this.#lines.get(seq)?.values() ?? [])].filter(
      ({ readAt }) => readAt !== null,
    );
    const latest = read.sort((a, b) => (b.readAt ?? 0) - (a.readAt ?? 0));
    const counts = this.getReceipt(seq) ?? nobody;
    return {
      ...{ seq, readCount: counts.read, unreadCount: counts.unread, status: counts.status },
      ...{ deliveredCount: counts.delivered, totalCount: counts.total },
      ...{ members: latest.slice(0, query.limit), next: null },
    };
  };

  remindUnread = async () => ({ reminded: 2, reached: 1 });

  say(seq: number): void {
    const lines = this.#people.map((person, i) => {
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

  #mark(seq: number, userIds: string[], change: (line: ReceiptLine) => ReceiptLine): void {
    const lines = this.#lines.get(seq);
    for (const userId of userIds) {
      const line = lines?.get(userId);
      if (line) lines?.set(userId, change(line));
    }
    this.changed();
  }
}
