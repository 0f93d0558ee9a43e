import type { Reminder } from '@seenby/protocol/entities.ts';
import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import { difference, has, type RangeSet, setOfRange, union } from '../ranges/range-set.ts';

/** A reminder, and the ordinals of the members it is for: without them it is for everybody. */
export interface NotedReminder extends Reminder {
  readonly chosen?: RangeSet;
}

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

/** Of a group's reminders those for the member, of messages that they have not read: the newest of each. */
export function remindersFor(
  member: MemberState,
  group: Reminded,
  floor: number,
  reminders: readonly NotedReminder[],
): Reminder[] {
  const unread = pending(member, group, floor);
  const own = reminders.filter(
    ({ seq, chosen }) => has(unread, seq) && (!chosen || has(chosen, member.ordinal)),
  );
  const newest = new Map(own.map((reminder) => [reminder.seq, reminder]));
  return own
    .filter((reminder) => newest.get(reminder.seq) === reminder)
    .map(({ seq, fromUserId, at }) => ({ seq, fromUserId, at }));
}

/** With one more, which takes the place of earlier ones of its message for the same members. */
export const withReminder = (
  reminders: readonly NotedReminder[],
  added: NotedReminder,
): NotedReminder[] => [
  ...reminders.flatMap((each) => (each.seq === added.seq ? leftOf(each, added.chosen) : [each])),
  added,
];

function leftOf(reminder: NotedReminder, again: RangeSet | undefined): NotedReminder[] {
  if (!again) return [];
  if (!reminder.chosen) return [reminder];
  const chosen = difference(reminder.chosen, again);
  return chosen.length > 0 ? [{ ...reminder, chosen }] : [];
}

/**
 * Whether a member is told of one more reminder: not if they were told of another one a moment ago, and it
 * still stands. `standing`: the member's reminders, the oldest first; nobody was told of those before they came.
 */
export function isToldAt(
  now: number,
  { joinedAt }: Pick<MemberState, 'joinedAt'>,
  standing: readonly Reminder[],
  pauseMs: number,
): boolean {
  const toldAt = standing
    .filter(({ at }) => at >= joinedAt)
    .reduce((last, { at }) => (at >= last + pauseMs ? at : last), -Infinity);
  return now >= toldAt + pauseMs;
}
