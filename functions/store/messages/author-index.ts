import { chunks } from '@seenby/core/chunks.ts';
import { type RangeSet, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { BoundedMap } from '../../runtime/bounded-map.ts';
import type { Messages } from './messages.ts';

const maxSeqsKept = 100_000;
const maxSeqsPerReceipt = 256;
const seqsPerLookup = 1024;

/** Who wrote which message. That never changes, so a warm Lambda looks every message up once. */
export class AuthorIndex {
  readonly #messages: Messages;
  readonly #known = new BoundedMap<string, string>(maxSeqsKept);

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** The seqs of each author. */
  async authorsOf(groupId: string, seqs: RangeSet): Promise<Map<string, RangeSet>> {
    const byAuthor = new Map<string, number[]>();
    const all = newestSeqs(seqs, Number.POSITIVE_INFINITY);
    for (const some of chunks(all, seqsPerLookup)) {
      for (const [seq, author] of await this.#lookUp(groupId, some)) {
        const list = byAuthor.get(author) ?? [];
        list.push(seq);
        byAuthor.set(author, list);
      }
    }
    return new Map([...byAuthor].map(([author, list]) => [author, setOfSeqs(list)]));
  }

  /** The same for the newest few hundred: as many as are worth a receipt of their own. */
  authorsOfNewest(groupId: string, seqs: RangeSet): Promise<Map<string, RangeSet>> {
    return this.authorsOf(groupId, setOfSeqs(newestSeqs(seqs, maxSeqsPerReceipt)));
  }

  async #lookUp(groupId: string, seqs: readonly number[]): Promise<Map<number, string>> {
    const keyOf = (seq: number) => `${groupId} ${seq}`;
    const authors = new Map<number, string>();
    const unknown: number[] = [];
    for (const seq of seqs) {
      const author = this.#known.get(keyOf(seq));
      if (author === undefined) unknown.push(seq);
      else authors.set(seq, author);
    }
    const found = setOfSeqs(unknown).map(({ from, to }) =>
      this.#messages.senders(groupId, from, to),
    );
    for (const [seq, author] of (await Promise.all(found)).flatMap((senders) => [...senders])) {
      this.#known.set(keyOf(seq), author);
      authors.set(seq, author);
    }
    return authors;
  }
}

function newestSeqs(seqs: RangeSet, max: number): number[] {
  const newest: number[] = [];
  for (const { from, to } of seqs.toReversed()) {
    for (let seq = to; seq >= from && newest.length < max; seq--) newest.push(seq);
  }
  return newest;
}
