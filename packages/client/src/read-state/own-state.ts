import {
  difference,
  emptySet,
  has,
  positionFrom,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { turnsIn } from '@seenby/core/reading/state-version.ts';
import type { Message, OwnState as OwnStateFields } from '@seenby/protocol/entities.ts';
import type { LoadedMessages } from '../timeline/loaded-messages.ts';

/** Where the member stands, as any frame or answer tells it. */
export type OwnStatus = Omit<OwnStateFields, 'groupId'>;

const unknown = { readSeq: 0, unreadCount: 0, mentionCount: 0, lastSeq: 0, stateVersion: -1 };

/**
 * The member's own position and unread counts in a group. Three sources, in this order:
 *
 *     what the service said     absolute, as of a last message; the highest version stays
 *     messages after that one   counted here as long as none is missing
 *     reads not confirmed yet   made here or in another tab; shown until the service has them
 *
 * Whatever does not follow from these is in doubt, and the service is to be asked.
 */
export class OwnState {
  readSeq = 0;
  unreadCount = 0;
  mentionCount = 0;
  /** The position as the service said it last. It falls when the badge is put back, and never else. */
  heard = 0;
  /** Grows with every state of the service that is taken, and when all is forgotten. */
  statesTaken = 0;
  #said: OwnStatus = unknown;
  /** Read above the position, and confirmed: the service does not count these. */
  #ahead: RangeSet = emptySet;
  #elsewhere: RangeSet = emptySet;
  /** Everything above the position that is shown as read. */
  #readAbove: RangeSet = emptySet;
  #isUnsure = false;
  /** Of the last state taken: recalls, and whatever else the group itself has been through. */
  #turns = -Infinity;
  /** Sent by the user, or mentioning them; what the service said of it may be from before it knew that. */
  #unproven: RangeSet = emptySet;
  readonly #userId: () => string;
  readonly #loaded: Pick<LoadedMessages, 'above' | 'get' | 'hasReceived' | 'lastSeq'>;

  constructor(userId: () => string, loaded: LoadedMessages) {
    this.#userId = userId;
    this.#loaded = loaded;
  }

  hasRead(seq: number): boolean {
    return seq <= this.readSeq || has(this.#readAbove, seq);
  }

  /** Whether the service has to be asked: a message is missing, or nobody knows whether one counted. */
  get isInDoubt(): boolean {
    return this.#isUnsure || this.#loaded.lastSeq > this.#said.lastSeq;
  }

  /** Whether reads of another tab are shown whose confirmation has not come. */
  get isWaiting(): boolean {
    return this.#elsewhere.length > 0;
  }

  /** Takes what the service says, unless it has said something newer. */
  take(status: OwnStatus, isNewest?: boolean): void {
    const { readSeq, lastSeq, stateVersion } = status;
    if (!isNewest && stateVersion < this.#said.stateVersion) return;
    // An answer may know of a later read, and of the group as it was before a recall.
    const turns = turnsIn(stateVersion, lastSeq);
    const isOlderGroup = turns < this.#turns;
    if (!isOlderGroup) {
      if (readSeq < this.heard) this.#ahead = emptySet;
      this.heard = readSeq;
    }
    this.#said = status;
    this.#ahead = difference(this.#ahead, setOfRange(1, readSeq));
    this.#elsewhere = emptySet;
    // One may have come since even the newest was asked for. It is asked for once more then.
    this.#unproven = difference(this.#unproven, setOfRange(1, readSeq));
    this.#isUnsure = isOlderGroup || this.#unproven.some(({ from }) => from <= lastSeq);
    if (isNewest) this.#unproven = difference(this.#unproven, setOfRange(1, lastSeq));
    this.#turns = turns;
    this.statesTaken += 1;
    this.count();
  }

  /** Counts messages that follow the last one the service has counted. */
  count(): void {
    if (this.#said === unknown) return;
    for (let seq = this.#said.lastSeq + 1; this.#loaded.hasReceived(seq); seq++) {
      const message = this.#loaded.get(seq);
      const said = { ...this.#said, lastSeq: seq };
      if (message?.senderId === this.#userId()) this.sent(seq);
      // What is lost or recalled needs no reading, nor does what the user sent.
      const isRead = !message || !this.isForMe(message) || has(this.#ahead, seq);
      if (!isRead) {
        said.unreadCount += 1;
        if (this.#mentionsMe(message)) said.mentionCount += 1;
      } else if (seq === said.readSeq + 1) said.readSeq = seq;
      this.#said = said;
    }
  }

  /**
   * An own message has arrived, from here or from another device, or one that mentions the user. A seq is
   * taken before that is noted: what the service said meanwhile may count it as any other message.
   */
  sent(seq: number): void {
    if (this.hasRead(seq) || has(this.#unproven, seq)) return;
    this.#unproven = union(this.#unproven, setOfSeqs([seq]));
    this.#isUnsure ||= seq <= this.#said.lastSeq;
  }

  /** The service has these, and does not count them any more, unless they were put back since. */
  confirmAhead(read: RangeSet, { stateVersion }: OwnStatus): void {
    if (stateVersion < this.#said.stateVersion) return;
    this.#ahead = union(this.#ahead, difference(read, setOfRange(1, this.#said.readSeq)));
  }

  /** Another tab has read these and sends them. */
  readElsewhere(read: RangeSet): void {
    this.#elsewhere = union(this.#elsewhere, read);
  }

  /** Put back by the user: everything from a message on counts again. */
  putBack(fromSeq: number, status: OwnStatus): void {
    this.#ahead = difference(this.#ahead, setOfRange(fromSeq, Infinity));
    this.take(status);
  }

  /** The user is in the group no more; whoever comes back begins anew, with a version that may be lower. */
  forget(): void {
    this.#said = unknown;
    this.heard = -1;
    this.#ahead = emptySet;
    this.#elsewhere = emptySet;
    this.#isUnsure = false;
    this.statesTaken += 1;
  }

  /** A message is being recalled. Whether the service's figures have it in still is not known. */
  recall(message: Message | undefined, seq: number): void {
    const { readSeq, lastSeq, unreadCount, mentionCount } = this.#said;
    if (seq <= readSeq || seq > lastSeq || (message && !this.isForMe(message))) return;
    this.#isUnsure = true;
    if (!message || has(this.#ahead, seq)) return;
    const mentions = this.#mentionsMe(message) ? 1 : 0;
    this.#said = {
      ...this.#said,
      unreadCount: Math.max(0, unreadCount - 1),
      mentionCount: Math.max(0, mentionCount - mentions),
    };
  }

  /** Works out what to show, given the reads that wait here. */
  show(waiting: RangeSet): void {
    const { readSeq, unreadCount, mentionCount } = this.#said;
    this.#readAbove = union(union(this.#ahead, waiting), this.#elsewhere);
    // Whoever reads above a badge that was put back takes it away: no own message stops the position then.
    const sent = this.#loaded
      .above(readSeq)
      .filter(
        (each) => (this.#readAbove[0] || has(this.#unproven, each.seq)) && !this.isForMe(each),
      )
      .map(({ seq }) => seq);
    // The service may not have noted yet that they are the user's: what was shown as read stays so.
    this.readSeq = positionFrom(union(this.#readAbove, setOfSeqs(sent)), readSeq + 1);
    this.unreadCount = this.#left(unreadCount, (message) => this.isForMe(message));
    const mentions = this.#left(mentionCount, (message) => this.#mentionsMe(message));
    this.mentionCount = Math.min(mentions, this.unreadCount);
  }

  /** How many of those that the service counts, and of those after them, are not read here. */
  #left(counted: number, counts: (message: Message) => boolean): number {
    const { readSeq, lastSeq } = this.#said;
    const isLeft = (each: Message) => counts(each) && !this.hasRead(each.seq);
    const isReadHere = (each: Message) =>
      counts(each) && this.hasRead(each.seq) && !has(this.#ahead, each.seq);
    const after = this.#loaded.above(lastSeq).filter(isLeft).length;
    const readHere = this.#loaded.above(readSeq, lastSeq).filter(isReadHere).length;
    if (readHere === 0 && this.readSeq === readSeq) return counted + after;
    // Of messages that are not loaded each may be one that counts.
    const above = this.#loaded.above(this.readSeq, lastSeq);
    const notLoaded = Math.max(0, lastSeq - this.readSeq) - above.length;
    const max = above.filter(isLeft).length + notLoaded;
    return Math.max(0, Math.min(counted - readHere, max)) + after;
  }

  /** Whether it is one to read: of somebody else, and not recalled. */
  isForMe({ senderId, recalled }: Message): boolean {
    return senderId !== this.#userId() && !recalled;
  }

  #mentionsMe(message: Message): boolean {
    return this.isForMe(message) && message.mentions?.includes(this.#userId()) === true;
  }
}
