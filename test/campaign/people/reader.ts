import {
  difference,
  emptySet,
  newestOf,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  sizeOf,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { pick, type Random } from '../../../demo/simulator/random.ts';
import type { Span } from '../history/events.ts';

export interface Mark {
  kind: 'read' | 'delivered';
  /** A position, or else single messages. */
  upTo?: number;
  spans: Span[];
}

const deliveredShare = 0.2;
const positionShare = 0.85;
const maxSingleMessages = 5;

/** What a member has been acknowledged to have read and received, and what it does next. */
export class Reader {
  readonly userId: string;
  #read: RangeSet = emptySet;
  #delivered: RangeSet = emptySet;

  constructor(userId: string) {
    this.userId = userId;
  }

  /** How many messages it has not read. */
  unreadOf(lastSeq: number): number {
    return lastSeq - sizeOf(this.#read);
  }

  /** What it does about the messages up to the last. */
  chooseMark(lastSeq: number, random: Random): Mark {
    const kind = random() < deliveredShare ? 'delivered' : 'read';
    const unread = difference(setOfRange(1, lastSeq), this.#read);
    if (kind === 'delivered' || random() < positionShare || unread.length === 0) {
      return { kind, upTo: lastSeq, spans: [{ fromSeq: 1, toSeq: lastSeq }] };
    }
    const newest = newestOf(unread, 3 * maxSingleMessages).flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i),
    );
    const count = 1 + Math.floor(random() * maxSingleMessages);
    const seqs = Array.from({ length: count }, () => pick(random, newest));
    return { kind, spans: setOfSeqs(seqs).map(({ from, to }) => ({ fromSeq: from, toSeq: to })) };
  }

  /** Answers how many messages are read by it that were not. */
  acknowledged({ kind, spans }: Mark): number {
    const before = sizeOf(this.#read);
    const set = spans.reduce<RangeSet>(
      (all, { fromSeq, toSeq }) => union(all, setOfRange(fromSeq, toSeq)),
      emptySet,
    );
    if (kind === 'read') this.#read = union(this.#read, set);
    else this.#delivered = union(this.#delivered, set);
    return sizeOf(this.#read) - before;
  }

  /** Receipts that it has given. */
  get receipts(): number {
    return sizeOf(this.#read) + sizeOf(this.#delivered);
  }
}
