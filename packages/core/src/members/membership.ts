import type { Role } from '@seenby/protocol/entities.ts';
import type { MemberState } from './member.ts';

/** A new member begins a number of messages back, so that the talk they join is there to read. */
export const firstSeqOf = (lastSeq: number, historyForNewMembers: number): number =>
  Math.max(1, lastSeq - historyForNewMembers + 1);

/** Leaving keeps what was read, and with it the place in those messages' audiences. */
export function leave(member: MemberState): MemberState {
  const { privateUnread: _gone, ...rest } = member;
  return { ...rest, left: true, role: 'member', version: member.version + 1 };
}

/** Who comes back begins anew and keeps old receipts. */
export const comeBack = (
  member: MemberState,
  again: Pick<MemberState, 'role' | 'from' | 'joinedAt'>,
): MemberState => ({ ...member, ...again, left: false, version: member.version + 1 });

export const changeRole = (member: MemberState, role: Role): MemberState => ({
  ...member,
  role,
  version: member.version + 1,
});
