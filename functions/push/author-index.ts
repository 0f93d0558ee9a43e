import { type RangeSet, setOfSeqs } from '../../core/range-set.ts';
import type { Messages } from '../store/messages.ts';

const mostSeqsRemembered = 100_000;
const mostSeqsToldAtOnce = 256;
const seqsPerLookup = 1024;

/** Who wrote which message. That never changes, so a warm Lambda looks every message up once. */
export class AuthorIndex {
  readonly #messages: Messages;
  readonly #known = new Map<string, string>();

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** The seqs of each author. */
  async authorsOf(groupId: string, seqs: RangeSet): Promise<Map<string, RangeSet>> {
    const byAuthor = new Map<string, number[]>();
    const all = newestSeqs(seqs, Number.POSITIVE_INFINITY);
    for (let i = 0; i < all.length; i += seqsPerLookup) {
      const some = all.slice(i, i + seqsPerLookup);
      await this.#learn(groupId, some);
      for (const seq of some) {
        const author = this.#known.get(`${groupId} ${seq}`);
        if (author === undefined) continue;
        const list = byAuthor.get(author) ?? [];
        list.push(seq);
        byAuthor.set(author, list);
      }
    }
    return new Map([...byAuthor].map(([author, list]) => [author, setOfSeqs(list)]));
  }

  /** The same for the newest few hundred: as many as are worth telling of one by one. */
  authorsOfNewest(groupId: string, seqs: RangeSet): Promise<Map<string, RangeSet>> {
    return this.authorsOf(groupId, setOfSeqs(newestSeqs(seqs, mostSeqsToldAtOnce)));
  }

  async #learn(groupId: string, seqs: readonly number[]): Promise<void> {
    const unknown = setOfSeqs(seqs.filter((seq) => !this.#known.has(`${groupId} ${seq}`)));
    const found = unknown.map(({ from, to }) => this.#messages.senders(groupId, from, to));
    for (const senders of await Promise.all(found)) {
      for (const [seq, author] of senders) this.#remember(`${groupId} ${seq}`, author);
    }
  }

  #remember(message: string, author: string): void {
    this.#known.set(message, author);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > mostSeqsRemembered && oldest !== undefined) this.#known.delete(oldest);
  }
}

function newestSeqs(seqs: RangeSet, most: number): number[] {
  const newest: number[] = [];
  for (const { from, to } of seqs.toReversed()) {
    for (let seq = to; seq >= from && newest.length < most; seq--) newest.push(seq);
  }
  return newest;
}
