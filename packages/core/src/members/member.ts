import type { ReceiptKind, Role } from '@seenby/protocol/entities.ts';
import { emptySet, type RangeSet } from '../ranges/range-set.ts';

/** What became read, delivered or played by a member, and when. */
export interface ReceiptEvent {
  readonly kind: ReceiptKind;
  readonly at: number;
  readonly ranges: RangeSet;
}

/** A badge the member put back, for their eyes only: unread again from a message on. */
export interface PrivateUnread {
  readonly fromSeq: number;
  /** What the member sent from there on: it never counts as unread. */
  readonly own: RangeSet;
}

/** All that is known of a member in a group: the truth that every count and list comes from. */
export interface MemberState {
  readonly userId: string;
  readonly name?: string;
  readonly role: Role;
  /** Small number of the member in its group, for life; the receipt log names members by it. */
  readonly ordinal: number;
  /** First seq of the present membership. */
  readonly from: number;
  readonly joinedAt: number;
  /** First seq that came after they did; what is visible below is older than their membership. */
  readonly since: number;
  /** Seqs of earlier memberships, and those of them that were older than that membership. */
  readonly former: RangeSet;
  readonly formerHistory: RangeSet;
  /** No longer a member: stays in the audience of what they had read. */
  readonly left: boolean;
  /** Own messages included; from earlier memberships as well. */
  readonly read: RangeSet;
  /** What was delivered without being read (read implies delivered). */
  readonly delivered: RangeSet;
  readonly played: RangeSet;
  readonly mentions: RangeSet;
  readonly privateUnread?: PrivateUnread;
  /** The newest receipt events, until the receipt log surely has them. */
  readonly receiptEvents: readonly ReceiptEvent[];
  /** When they last read or played something that others may know of, if the receipt events do not say so. */
  readonly lastReadAt?: number;
  /** Read in a direct chat while one of the two gave no read receipts: nobody else's business, ever. */
  readonly privateReads: RangeSet;
  /** Read last with their own receipts off, in a direct chat: they are given none until they give one. */
  readonly withholds: boolean;
  /** Moves up with what others may see; the sum over a group's members is the group's version. */
  readonly version: number;
  /** How often they have come, left or got another role: what everybody may know of a version. */
  readonly turns: number;
  /** Moves up with every write: a write is made only on the revision it was decided on. */
  readonly revision: number;
  /** When the next action would be on schedule (see `rate-limit.ts`). */
  readonly nextActionAt: number;
}

export function newMember(
  base: Pick<MemberState, 'userId' | 'role' | 'ordinal' | 'from' | 'joinedAt'> & {
    name?: string;
    since?: number;
  },
): MemberState {
  return {
    since: base.from,
    ...base,
    former: emptySet,
    formerHistory: emptySet,
    left: false,
    read: emptySet,
    delivered: emptySet,
    played: emptySet,
    mentions: emptySet,
    receiptEvents: [],
    privateReads: emptySet,
    withholds: false,
    version: 1,
    turns: 1,
    revision: 1,
    nextActionAt: 0,
  };
}
