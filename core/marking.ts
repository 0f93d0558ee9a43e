import type { ReceiptKind } from '../protocol/entities.ts';
import { deliveredTo } from './audience.ts';
import { asOthersSee } from './concealment.ts';
import type { MemberState, Move } from './member.ts';
import {
  difference,
  emptySet,
  equalSets,
  has,
  type RangeSet,
  setOfRange,
  union,
} from './range-set.ts';

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
  conceals?: boolean;
  /** Expired or recalled: marking these alone is marking below the position, and changes nothing. */
  gone?: RangeSet;
}

/**
 * Takes what a member says they have read, received or played. The sets only grow, so a mark that
 * is old, repeated or out of order adds nothing, and the first time stays.
 */
export function mark(
  member: MemberState,
  kind: ReceiptKind,
  seqs: RangeSet,
  at: number,
  lastSeq: number,
  { conceals = false, gone = emptySet }: MarkOptions = {},
): MarkOutcome {
  const clearsBadge = kind !== 'delivered' && marksBadge(member, seqs);
  const added = difference(withinMembership(member, seqs), alreadyMarked(member, kind, lastSeq));
  if (difference(added, gone).length === 0 && !clearsBadge) return unchanged;
  const marked = withoutBadge(withMarks(member, kind, added, at), clearsBadge);
  const after =
    conceals && kind !== 'delivered'
      ? { ...marked, concealed: union(marked.concealed, difference(added, member.read)) }
      : marked;
  return { outcome: 'advanced', added, member: withVersion(member, after, lastSeq) };
}

/** The version tells others that something moved: it must not tell of what they may not see. */
function withVersion(before: MemberState, after: MemberState, lastSeq: number): MemberState {
  const [was, is] = [asOthersSee(before), asOthersSee(after)];
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
  seqs.length > 0 && (seqs[0]?.from ?? 0) >= member.from
    ? seqs
    : difference(seqs, setOfRange(1, member.from - 1));

function alreadyMarked(member: MemberState, kind: ReceiptKind, lastSeq: number): RangeSet {
  if (kind === 'read') return member.read;
  return kind === 'played' ? member.played : deliveredTo(member, lastSeq);
}

function withMarks(
  member: MemberState,
  kind: ReceiptKind,
  added: RangeSet,
  at: number,
): MemberState {
  if (added.length === 0) return member;
  const moves = [...member.moves, { kind, at, ranges: added }];
  if (kind === 'delivered') return { ...member, delivered: union(member.delivered, added), moves };
  const read = union(member.read, added);
  const delivered = difference(member.delivered, read);
  if (kind === 'read') return { ...member, read, delivered, moves };
  return { ...member, read, delivered, played: union(member.played, added), moves };
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

/** Moves of `after` that `before` did not have. */
export function newMoves(before: readonly Move[], after: readonly Move[]): Move[] {
  const known = new Set(before.map((move) => JSON.stringify(move)));
  return after.filter((move) => !known.has(JSON.stringify(move)));
}
