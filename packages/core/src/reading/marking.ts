import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { deliveredTo } from '../counts/audience.ts';
import type { MemberState, ReceiptEvent } from '../members/member.ts';
import {
  difference,
  emptySet,
  equalSets,
  has,
  type RangeSet,
  setOfRange,
  union,
} from '../ranges/range-set.ts';
import { withoutPrivateReads } from './receipt-privacy.ts';

export type MarkOutcome =
  | { outcome: 'unchanged' }
  | {
      outcome: 'advanced';
      member: MemberState;
      /** What this mark added: empty when only the private badge went. */
      added: RangeSet;
    };

const unchanged: MarkOutcome = { outcome: 'unchanged' };

export interface MarkOptions {
  /** What is read stays between the member and their own devices. */
  isPrivate?: boolean;
  /** Expired or recalled: marking these alone is marking below the position, and changes nothing. */
  gone?: RangeSet;
}

/**
 * Takes what a member says they have read, received or played. The sets only grow, so a mark that
 * is old, repeated or out of order adds nothing, and the first time stays. What is played in private is
 * kept as read alone: a later receipt must not tell of it.
 */
export function mark(
  member: MemberState,
  asked: ReceiptKind,
  seqs: RangeSet,
  at: number,
  lastSeq: number,
  { isPrivate = false, gone = emptySet }: MarkOptions = {},
): MarkOutcome {
  const kind = isPrivate && asked === 'played' ? 'read' : asked;
  const clearsBadge = kind !== 'delivered' && marksBadge(member, seqs);
  const added = difference(withinMembership(member, seqs), alreadyMarked(member, kind, lastSeq));
  if (difference(added, gone).length === 0 && !clearsBadge) return unchanged;
  const privateReads =
    isPrivate && kind !== 'delivered'
      ? union(member.privateReads, difference(added, member.read))
      : member.privateReads;
  const marked = withMarks({ ...member, privateReads }, kind, added, at);
  const after = withoutBadge(marked, clearsBadge);
  return { outcome: 'advanced', added, member: withVersion(member, after, lastSeq) };
}

/** The version shows others that something changed: it must not show what they may not see. */
function withVersion(before: MemberState, after: MemberState, lastSeq: number): MemberState {
  const [was, is] = [withoutPrivateReads(before), withoutPrivateReads(after)];
  const same =
    equalSets(was.read, is.read) &&
    equalSets(was.played, is.played) &&
    equalSets(deliveredTo(was, lastSeq), deliveredTo(is, lastSeq));
  return same ? after : { ...after, version: before.version + 1 };
}

/** Reading from the marked message on takes the private badge away. */
const marksBadge = ({ privateUnread }: MemberState, seqs: RangeSet): boolean =>
  privateUnread !== undefined && (seqs.at(-1)?.to ?? 0) >= privateUnread.fromSeq;

/** Messages from before the membership are not the member's to mark. */
const withinMembership = (member: MemberState, seqs: RangeSet): RangeSet =>
  difference(seqs, setOfRange(1, member.from - 1));

function alreadyMarked(member: MemberState, kind: ReceiptKind, lastSeq: number): RangeSet {
  if (kind === 'read') return member.read;
  return kind === 'played' ? member.played : deliveredTo(withoutPrivateReads(member), lastSeq);
}

function withMarks(
  member: MemberState,
  kind: ReceiptKind,
  added: RangeSet,
  at: number,
): MemberState {
  if (added.length === 0) return member;
  const receiptEvents = [...member.receiptEvents, { kind, at, ranges: added }];
  if (kind === 'delivered')
    return { ...member, delivered: union(member.delivered, added), receiptEvents };
  const read = union(member.read, added);
  // To others, private reads stay what they were: delivered, or not even that.
  const delivered = difference(member.delivered, difference(read, member.privateReads));
  if (kind === 'read') return { ...member, read, delivered, receiptEvents };
  return { ...member, read, delivered, played: union(member.played, added), receiptEvents };
}

function withoutBadge(member: MemberState, clears: boolean): MemberState {
  if (!clears) return member;
  const { privateUnread: _gone, ...rest } = member;
  return rest;
}

/** Puts the member's own badge back to a message; nobody else sees a difference. */
export const markUnread = (member: MemberState, fromSeq: number, own: RangeSet): MemberState => ({
  ...member,
  privateUnread: { fromSeq, own },
});

/** A sender has read their own message from the start. */
export function markOwn(member: MemberState, seq: number): MemberState {
  const own = setOfRange(seq, seq);
  const { privateUnread } = member;
  return {
    ...member,
    read: union(member.read, own),
    ...(privateUnread && {
      privateUnread: { ...privateUnread, own: union(privateUnread.own, own) },
    }),
    version: member.version + 1,
  };
}

/** Up to a position: everything of the present membership that is not above it. */
export const upToPosition = (member: MemberState, upTo: number): RangeSet =>
  setOfRange(member.from, upTo);

export const hasRead = (member: MemberState, seq: number): boolean => has(member.read, seq);

/** Receipt events of `after` that `before` did not have. */
export function newReceiptEvents(
  before: readonly ReceiptEvent[],
  after: readonly ReceiptEvent[],
): ReceiptEvent[] {
  const known = new Set(before.map((event) => JSON.stringify(event)));
  return after.filter((event) => !known.has(JSON.stringify(event)));
}
