import { chunks } from '@seenby/core/chunks.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { type RangeSet, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { BoundedMap } from '../../runtime/bounded-map.ts';
import type { Messages } from './messages.ts';

const maxSeqsKept = 100_000;
const seqsPerLookup = 1024;

/** Who wrote which message. That never changes, so a warm Lambda looks every message up once. */
export class AuthorIndex {
  readonly #messages: Messages;
  readonly #known = new BoundedMap<string, string>(maxSeqsKept);

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** The newest message's author stands in the group's row, which whoever marks has read. */
  note({ groupId, lastMessage }: Pick<GroupState, 'groupId' | 'lastMessage'>): void {
    if (lastMessage) this.#known.set(keyOf(groupId, lastMessage.seq), lastMessage.senderId);
  }

  /** The seqs of each author. */
  async authorsOf(groupId: string, seqs: RangeSet): Promise<Map<string, RangeSet>> {
    const byAuthor = new Map<string, number[]>();
    for (const some of chunks(seqsIn(seqs), seqsPerLookup)) {
      for (const [seq, author] of await this.#lookUp(groupId, some)) {
        const list = byAuthor.get(author) ?? [];
        list.push(seq);
        byAuthor.set(author, list);
      }
    }
    return new Map([...byAuthor].map(([author, list]) => [author, setOfSeqs(list)]));
  }

  async #lookUp(groupId: string, seqs: readonly number[]): Promise<Map<number, string>> {
    const authors = new Map<number, string>();
    const missing = () => setOfSeqs(seqs.filter((seq) => !authors.has(seq)));
    for (const seq of seqs) {
      const author = this.#known.get(keyOf(groupId, seq));
      if (author !== undefined) authors.set(seq, author);
    }
    // What an eventual read finds never changes; what it does not find may have come just now.
    for (const consistency of ['eventual', 'strong'] as const) {
      const found = missing().map(({ from, to }) =>
        this.#messages.senders(groupId, from, to, consistency),
      );
      for (const [seq, author] of (await Promise.all(found)).flatMap((senders) => [...senders])) {
        this.#known.set(keyOf(groupId, seq), author);
        authors.set(seq, author);
      }
    }
    return authors;
  }
}

const keyOf = (groupId: string, seq: number): string => `${groupId} ${seq}`;

const seqsIn = (set: RangeSet): number[] =>
  set.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
