import { chunks } from '@seenby/core/chunks.ts';
import type { GroupState } from '@seenby/core/group.ts';
import {
  difference,
  has,
  type RangeSet,
  rangeSet,
  setOfSeqs,
} from '@seenby/core/ranges/range-set.ts';
import { BoundedMap } from '../../runtime/bounded-map.ts';
import type { AuthorBlocks } from './author-blocks.ts';
import type { Messages } from './messages.ts';

const maxSeqsKept = 100_000;
const seqsPerLookup = 1024;
/** Rows of authors between two stretches of seqs that are as cheap to read as another request. */
const maxGap = 64;

/** Who wrote which message. That never changes, so a warm Lambda looks every message up once. */
export class AuthorIndex {
  readonly #messages: Messages;
  readonly #blocks: AuthorBlocks;
  readonly #known = new BoundedMap<string, string>(maxSeqsKept);

  constructor(messages: Messages, blocks: AuthorBlocks) {
    this.#messages = messages;
    this.#blocks = blocks;
  }

  /**
   * The seqs of each author: from the row of the group, which whoever asks has read, then from the rows of
   * authors, and only what is in neither from the messages. Who pushes counts and who answers with counts
   * ask alike, so that both know the author of a message that is only being stored. A lost one has none.
   */
  async authorsOf(group: GroupState, seqs: RangeSet): Promise<Map<string, RangeSet>> {
    const { groupId, lastSeq, recentAuthors } = group;
    const asked = difference(seqs, group.lost);
    const recent = recentAuthors.map((author, i): [number, string] => [lastSeq - i, author]);
    const known = new Map(recent.filter(([, author]) => author !== ''));
    const missing = () => difference(asked, setOfSeqs(known.keys()));
    const add = ([seq, author]: [number, string]) => known.set(seq, author);
    const stretches = rangeSet(missing().map(({ from, to }) => ({ from, to: to + maxGap })));
    const inRows = stretches.map(({ from, to }) => this.#blocks.read(groupId, from, to - maxGap));
    for (const authors of await Promise.all(inRows)) [...authors].forEach(add);
    [...(await this.#findAll(groupId, missing()))].forEach(add);
    return seqsByAuthor([...known].filter(([seq]) => has(asked, seq)));
  }

  async #findAll(groupId: string, seqs: RangeSet): Promise<Map<number, string>> {
    const authors = new Map<number, string>();
    for (const some of chunks(seqsIn(seqs), seqsPerLookup)) {
      for (const [seq, author] of await this.#lookUp(groupId, some)) authors.set(seq, author);
    }
    return authors;
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

function seqsByAuthor(authors: Iterable<[seq: number, author: string]>): Map<string, RangeSet> {
  const byAuthor = new Map<string, number[]>();
  for (const [seq, author] of authors) {
    const list = byAuthor.get(author) ?? [];
    list.push(seq);
    byAuthor.set(author, list);
  }
  return new Map([...byAuthor].map(([author, list]) => [author, setOfSeqs(list)]));
}

const keyOf = (groupId: string, seq: number): string => `${groupId} ${seq}`;

const seqsIn = (set: RangeSet): number[] =>
  set.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
