import { type MemberState, newMember } from '../../core/member.ts';

/** A plain member from seq 1 on, with whatever matters to the test. */
export const aMember = (with_: Partial<MemberState> = {}): MemberState => ({
  ...newMember({ userId: 'ann', role: 'member', ordinal: 1, from: 1, joinedAt: 0 }),
  ...with_,
});
