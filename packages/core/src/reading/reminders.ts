import type { Reminder } from '@seenby/protocol/entities.ts';
import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import { difference, has, type RangeSet, setOfRange, union } from '../ranges/range-set.ts';

type Reminded = Pick<GroupState, 'recalled' | 'remindedSeq'>;

/** What a member sees and has not read, up to the last message that anybody was reminded of. */
const pending = (member: MemberState, group: Reminded, floor: number): RangeSet =>
  difference(
    setOfRange(Math.max(member.from, floor + 1), group.remindedSeq),
    union(member.read, group.recalled),
  );

/** Whether there may be reminders for a member. `floor` is the last expired seq. */
export const mayBeReminded = (member: MemberState, group: Reminded, floor: number): boolean =>
  pending(member, group, floor).length > 0;

/** Of a group's reminders those of messages that the member has not read. */
export function remindersFor(
  member: MemberState,
  group: Reminded,
  floor: number,
  reminders: readonly Reminder[],
): Reminder[] {
  const unread = pending(member, group, floor);
  return reminders.filter(({ seq }) => has(unread, seq));
}
