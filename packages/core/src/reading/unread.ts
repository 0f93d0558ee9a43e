import { deliveredTo } from '../counts/audience.ts';
import type { GroupState } from '../group.ts';
import type { MemberState } from '../members/member.ts';
import {
  difference,
  intersect,
  positionFrom,
  type RangeSet,
  setOfRange,
  sizeOf,
  union,
} from '../ranges/range-set.ts';

/** The group may have been read before the row was: messages that its member has sent, received or read are there. */
export const withLastSeqOf = ({ read, delivered }: MemberState, group: GroupState): GroupState => ({
  ...group,
  lastSeq: Math.max(group.lastSeq, read.at(-1)?.to ?? 0, delivered.at(-1)?.to ?? 0),
});

/** What the member's own badge counts as read: their reading, less what they marked unread. */
function readForBadge(member: MemberState, lastSeq: number): RangeSet {
  if (!member.privateUnread) return member.read;
  const { fromSeq, own } = member.privateUnread;
  return union(difference(member.read, setOfRange(fromSeq, lastSeq)), own);
}

/** The messages that make the badge: visible, not read, not own, not recalled. */
function unreadSet(member: MemberState, group: GroupState, floor: number): RangeSet {
  const visible = setOfRange(Math.max(member.from, floor + 1), group.lastSeq);
  return difference(difference(visible, readForBadge(member, group.lastSeq)), group.recalled);
}

/** What was recalled or lost needs no marking: no position stops at it. */
const positionIn = (done: RangeSet, first: number, { lastSeq }: GroupState): number =>
  Math.min(positionFrom(done, first), lastSeq);

/** The seq up to which the member has received everything they are entitled to see. */
export const deliveredPosition = (
  member: MemberState,
  known: GroupState,
  floor: number,
): number => {
  const group = withLastSeqOf(member, known);
  const delivered = deliveredTo(member, group.lastSeq);
  return positionIn(union(delivered, group.recalled), Math.max(member.from, floor + 1), group);
};

/** The seq up to which the member has read everything they are entitled to see, as others see it. */
export const readPosition = (member: MemberState, group: GroupState, floor: number): number =>
  positionIn(
    union(member.read, group.recalled),
    Math.max(member.from, floor + 1),
    withLastSeqOf(member, group),
  );

export interface Unread {
  readSeq: number;
  unreadCount: number;
  mentionCount: number;
}

/** Position and badge as the member's own devices show them. `floor` is the last expired seq. */
export function unreadOf(member: MemberState, group: GroupState, floor: number): Unread {
  const unread = unreadSet(member, group, floor);
  const first = Math.max(member.from, floor + 1);
  const position = readPosition(member, group, floor);
  const badge = Math.max((member.privateUnread?.fromSeq ?? Infinity) - 1, first - 1);
  return {
    readSeq: Math.min(position, badge),
    unreadCount: sizeOf(unread),
    mentionCount: sizeOf(intersect(member.mentions, unread)),
  };
}
