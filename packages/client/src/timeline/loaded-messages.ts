import { firstNotBefore } from '@seenby/core/ranges/binary-search.ts';
import {
  difference,
  emptySet,
  has,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import type { Message } from '@seenby/protocol/entities.ts';

/** The messages of a group that have arrived, in order, and which of them are still missing. */
export class LoadedMessages {
  #messages: readonly Message[] = [];
  /** What has arrived, or is known never to come. */
  #received: RangeSet = emptySet;
  /** Some of them may be yet to come. */
  #recalled: RangeSet = emptySet;
  #expectedFrom = Infinity;

  /** All of them by seq: the same array until one is added. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The first seq that is loaded or expected; infinite while there is none. */
  get firstSeq(): number {
    return Math.min(this.#expectedFrom, this.#received[0]?.from ?? Infinity);
  }

  get lastSeq(): number {
    return this.#received.at(-1)?.to ?? 0;
  }

  /** From here on every message is to arrive, whether or not earlier ones are ever loaded. */
  expectFrom(seq: number): void {
    this.#expectedFrom = seq;
  }

  /** Takes messages in any order, repeated or not; answers those that are new, without the lost. */
  add(messages: readonly Message[]): Message[] {
    this.#received = union(this.#received, setOfSeqs(messages.map(({ seq }) => seq)));
    for (const { seq, recalled } of messages) if (recalled) this.recall(seq);
    const isFresh = ({ seq, lost }: Message) => !lost && !this.get(seq);
    const fresh = messages
      .filter(isFresh)
      .map((message) => (this.isRecalled(message.seq) ? withoutContent(message) : message));
    if (fresh.length > 0) {
      this.#messages = [...this.#messages, ...fresh].sort((a, b) => a.seq - b.seq);
    }
    return fresh;
  }

  get(seq: number): Message | undefined {
    const message = this.#messages[this.#placeOf(seq)];
    return message?.seq === seq ? message : undefined;
  }

  /** Whether it is here, or known never to come. */
  hasReceived(seq: number): boolean {
    return has(this.#received, seq);
  }

  /** The messages above a seq, as far as another one, which is included. */
  above(seq: number, toSeq = Infinity): readonly Message[] {
    return this.#messages.slice(this.#placeOf(seq + 1), this.#placeOf(toSeq + 1));
  }

  /** Whether it is here, and its sender has not taken it back. */
  hasContent(seq: number): boolean {
    return !!this.get(seq) && !this.isRecalled(seq);
  }

  /** Whether its sender took it back. */
  isRecalled(seq: number): boolean {
    return has(this.#recalled, seq);
  }

  /** Empties a message whose sender took it back, or will once it comes; answers it, if it is there. */
  recall(seq: number): Message | undefined {
    this.#recalled = union(this.#recalled, setOfSeqs([seq]));
    const message = this.get(seq);
    if (!message || message.recalled) return message;
    const recalled = withoutContent(message);
    this.#messages = this.#messages.map((each) => (each === message ? recalled : each));
    return recalled;
  }

  /** Seqs that will never come: they have expired or belong to nobody. */
  skip(fromSeq: number, toSeq: number): void {
    this.#received = union(this.#received, setOfRange(fromSeq, toSeq));
  }

  /** What is missing from the first message loaded or expected up to the last one there is. */
  missing(lastSeq: number): RangeSet {
    return difference(setOfRange(this.firstSeq, lastSeq), this.#received);
  }

  /**
   * How far up to `wanted` there is no gap above `above`. What came before the first message loaded
   * or expected is history, not a gap.
   */
  gaplessUpTo(wanted: number, above: number): number {
    const gap = this.missing(wanted).find(({ to }) => to > above);
    return gap ? Math.max(above, gap.from - 1) : wanted;
  }

  /** Forgets messages that come before one; if there are none, what is expected there is so still. */
  keepFrom(seq: number): void {
    const place = this.#placeOf(seq);
    if (place === 0) return;
    this.#messages = this.#messages.slice(place);
    this.#received = difference(this.#received, setOfRange(1, seq - 1));
    this.#expectedFrom = seq;
  }

  /** Forgets all of them; what was recalled stays so. */
  clear(): void {
    this.#messages = [];
    this.#received = emptySet;
    this.#expectedFrom = Infinity;
  }

  /** Forgets everything. */
  forget(): void {
    this.clear();
    this.#recalled = emptySet;
  }

  #placeOf(seq: number): number {
    return firstNotBefore(this.#messages, (message) => message.seq < seq);
  }
}

/** What is left of a message once its sender took it back. */
export function withoutContent<M extends object>(message: M): M {
  const { mentions: _gone, metadata: _taken, ...rest } = message as M & Partial<Message>;
  const recalled: object = { ...rest, content: '', recalled: true };
  return recalled as M;
}
