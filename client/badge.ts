import {
  difference,
  emptySet,
  has,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '../core/range-set.ts';
import type { GroupStatus, Message } from '../protocol/entities.ts';

/** An answer older than this cannot have crossed a message on its way. */
const crossingMs = 3000;

/** Where the member stands; not every answer tells of mentions. */
export type Standing = Pick<GroupStatus, 'lastSeq' | 'readSeq' | 'unreadCount'> &
  Partial<Pick<GroupStatus, 'mentionCount'>>;

/** What a badge needs to know of the messages that are loaded. */
export interface LoadedMessages {
  between(fromSeq: number, toSeq: number): readonly Message[];
}

/**
 * The member's own position and badge: what the service said last, and what has happened since.
 * The service's figures win, except that a message may cross an answer on the way: the answer then
 * leaves the message out, or has it in, and the badge counts it once in either case.
 */
export class Badge {
  readSeq = 0;
  unreadCount = 0;
  mentionCount = 0;
  /** Messages the badge has taken account of. */
  #counted: RangeSet = emptySet;
  /** Read here, and above the position. */
  #ahead: RangeSet = emptySet;
  #recent: number[] = [];
  readonly #userId: () => string;
  readonly #loaded: LoadedMessages;
  readonly #now: () => number;

  constructor(userId: () => string, loaded: LoadedMessages, now: () => number) {
    this.#userId = userId;
    this.#loaded = loaded;
    this.#now = now;
  }

  hasRead(seq: number): boolean {
    return seq <= this.readSeq || has(this.#ahead, seq);
  }

  /** The whole state as of a last message. One from before what is known already is stale. */
  takeStatus(status: Standing): boolean {
    if (status.lastSeq < this.#lastCounted()) return false;
    this.#counted = setOfRange(1, status.lastSeq);
    this.#recent = [];
    this.unreadCount = status.unreadCount;
    this.mentionCount = status.mentionCount ?? this.mentionCount;
    this.#moveTo(status.readSeq);
    return true;
  }

  /** The state as of some moment just now. */
  takePosition(readSeq: number, unreadCount: number): void {
    const expected = this.#estimate(readSeq);
    const crossed = this.#recent.filter((at) => this.#now() - at < crossingMs).length;
    const agrees = unreadCount <= expected && expected - unreadCount <= crossed;
    this.unreadCount = agrees ? expected : unreadCount;
    this.#counted = union(this.#counted, setOfRange(1, this.#reachOf(readSeq, unreadCount)));
    this.#moveTo(readSeq);
  }

  /** A message that has arrived; one that has been counted changes nothing. */
  add(message: Message): void {
    const { seq } = message;
    if (has(this.#counted, seq)) return;
    this.#counted = union(this.#counted, setOfSeqs([seq]));
    if (this.hasRead(seq) || !this.#isForMe(message)) return;
    this.unreadCount += 1;
    if (message.mentions?.includes(this.#userId())) this.mentionCount += 1;
    this.#recent = [...this.#recent.slice(-99), this.#now()];
  }

  /** Marked on this client or another tab of it: the service will say the same in a moment. */
  readUpTo(seq: number): void {
    if (seq <= this.readSeq) return;
    this.unreadCount = this.#estimate(seq);
    this.#moveTo(seq);
  }

  readSingle(seqs: readonly number[]): void {
    const fresh = difference(setOfSeqs(seqs), union(setOfRange(1, this.readSeq), this.#ahead));
    const read = fresh.reduce((sum, { from, to }) => sum + this.#unreadBetween(from, to), 0);
    this.unreadCount = Math.max(0, this.unreadCount - read);
    this.#ahead = union(this.#ahead, fresh);
  }

  /** Put back by the user: everything from a message on counts again. */
  unreadFrom(fromSeq: number, unreadCount?: number): void {
    this.#ahead = difference(this.#ahead, setOfRange(fromSeq, Number.MAX_SAFE_INTEGER));
    this.readSeq = Math.min(this.readSeq, fromSeq - 1);
    this.unreadCount = unreadCount ?? this.#unreadBetween(fromSeq, this.#lastCounted());
  }

  recall(message: Message | undefined, seq: number): void {
    if (this.hasRead(seq) || (message && !this.#isForMe(message))) return;
    this.unreadCount = Math.max(0, this.unreadCount - 1);
  }

  #moveTo(readSeq: number): void {
    this.readSeq = readSeq;
    this.#ahead = difference(this.#ahead, setOfRange(1, readSeq));
    if (this.unreadCount === 0) this.mentionCount = 0;
  }

  /** The badge if everything up to a message, and nothing above it but what is known, were read. */
  #estimate(readSeq: number): number {
    const last = this.#lastCounted();
    if (readSeq >= last) return 0;
    const above = this.#unreadBetween(readSeq + 1, last);
    const isLoaded = this.#loaded.between(readSeq + 1, last).length === last - readSeq;
    if (isLoaded) return above;
    const below = this.#unreadBetween(this.readSeq + 1, readSeq);
    return Math.max(0, Math.min(this.unreadCount - below, last - readSeq));
  }

  /** The last message that must have been there for so many to be unread above a position. */
  #reachOf(readSeq: number, unreadCount: number): number {
    let seq = readSeq;
    for (let left = unreadCount; left > 0; ) {
      seq += 1;
      const [message] = this.#loaded.between(seq, seq);
      if (!has(this.#ahead, seq) && (!message || this.#isForMe(message))) left -= 1;
    }
    return seq;
  }

  #unreadBetween(fromSeq: number, toSeq: number): number {
    const messages = this.#loaded.between(fromSeq, toSeq);
    return messages.filter((each) => this.#isForMe(each) && !has(this.#ahead, each.seq)).length;
  }

  #isForMe({ senderId, recalled }: Message): boolean {
    return senderId !== this.#userId() && !recalled;
  }

  #lastCounted(): number {
    return this.#counted.at(-1)?.to ?? 0;
  }
}
