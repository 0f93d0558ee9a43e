import type { Role } from '@seenby/protocol/entities.ts';
import { setOfRange, union } from '../ranges/range-set.ts';
import type { MemberState } from './member.ts';

/** A new member begins a number of messages back, so that the talk they join is there to read. */
export const firstSeqOf = (lastSeq: number, historyForNewMembers: number): number =>
  Math.max(1, lastSeq - historyForNewMembers + 1);

/** Somebody may leave and come back without end: of the oldest memberships only what was read stays. */
const maxFormer = 50;

/**
 * Leaving keeps what was read, and with it the place in those messages' audiences, and for the leaver's
 * own figures what there was to read.
 */
export function leave(member: MemberState, lastSeq: number): MemberState {
  const { privateUnread: _gone, ...rest } = member;
  const { from, since } = member;
  return {
    ...rest,
    former: union(member.former, setOfRange(from, lastSeq)).slice(-maxFormer),
    formerHistory: union(
      member.formerHistory,
      setOfRange(from, Math.min(since - 1, lastSeq)),
    ).slice(-maxFormer),
    left: true,
    role: 'member',
    version: member.version + 1,
    turns: member.turns + 1,
  };
}

/** Who comes back begins anew and keeps old receipts. */
export const comeBack = (
  member: MemberState,
  again: Pick<MemberState, 'role' | 'from' | 'joinedAt' | 'since'>,
): MemberState => ({
  ...member,
  ...again,
  left: false,
  version: member.version + 1,
  turns: member.turns + 1,
});

export const changeRole = (member: MemberState, role: Role): MemberState => ({
  ...member,
  role,
  version: member.version + 1,
  turns: member.turns + 1,
});
