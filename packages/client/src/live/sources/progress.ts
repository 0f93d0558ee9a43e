import {
  has,
  positionFrom,
  type RangeSet,
  setOfRange,
  union,
} from '@seenby/core/ranges/range-set.ts';
import type { MemberPosition, Receipt } from '@seenby/protocol/entities.ts';

/**
 * `gap`: there are messages between the position and what the receipt is of. They may be recalled or lost, and
 * then the position has moved past them: only the service can say.
 */
export type Outcome = 'moved' | 'same' | 'gap';

/** How far a member has come, as the service said it and as receipts tell it since. */
export class Progress {
  position: MemberPosition;
  #read: RangeSet;
  #delivered: RangeSet;

  constructor(position: MemberPosition) {
    this.position = position;
    this.#read = setOfRange(1, position.readSeq);
    this.#delivered = setOfRange(1, position.deliveredSeq);
  }

  hasRead(seq: number): boolean {
    return has(this.#read, seq);
  }

  take({ kind, fromSeq, toSeq, at }: Receipt): Outcome {
    const isRead = kind !== 'delivered';
    const hasMoved = this.#add(fromSeq, toSeq, isRead, isRead ? at : 0);
    const { readSeq, deliveredSeq } = this.position;
    if ((isRead ? readSeq : deliveredSeq) < toSeq) return 'gap';
    return hasMoved ? 'moved' : 'same';
  }

  /** They sent it, and so have it and have read it. */
  send(seq: number): boolean {
    return this.#add(seq, seq, true, 0);
  }

  readUpTo(seq: number): boolean {
    return this.#add(1, seq, true, 0);
  }

  /** Answers whether the position is another one now. */
  #add(fromSeq: number, toSeq: number, isRead: boolean, readAt: number): boolean {
    const range = setOfRange(fromSeq, toSeq);
    const before = this.position;
    this.#delivered = union(this.#delivered, range);
    if (isRead) this.#read = union(this.#read, range);
    const readSeq = positionFrom(this.#read, before.readSeq + 1);
    const deliveredSeq = positionFrom(this.#delivered, before.deliveredSeq + 1);
    const lastReadAt = Math.max(before.lastReadAt ?? 0, readAt);
    const isSame =
      readSeq === before.readSeq &&
      deliveredSeq === before.deliveredSeq &&
      lastReadAt === (before.lastReadAt ?? 0);
    if (isSame) return false;
    this.position = { ...before, readSeq, deliveredSeq, ...(lastReadAt > 0 && { lastReadAt }) };
    return true;
  }
}
