import { dayMs } from '@seenby/core/day.ts';
import type {
  Counts,
  GroupStatus,
  Message,
  MessageStatus,
  OwnState,
  ReceiptLine,
} from '@seenby/protocol/entities.ts';
import {
  presentMember,
  type ReferenceChat,
  type ReferenceGroup,
  type ReferenceMember,
  type ReferenceMessage,
  type Row,
  rowOf,
} from './reference-chat.ts';

const dayOf = (at: number): number => Math.floor(at / dayMs);

export type ListState = 'read' | 'unread' | 'delivered' | undefined;

/** Messages expire in whole days (UTC). */
const isExpired = (chat: ReferenceChat, { message }: ReferenceMessage): boolean =>
  dayOf(message.createdAt) < dayOf(chat.now - chat.retentionDays * dayMs);

/** What a member may see: since they joined, and not expired. */
export const visibleTo = (
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
): ReferenceMessage[] =>
  group.messages.filter((m) => m.message.seq >= member.from && !isExpired(chat, m));

export const receiptsAreOff = ({ receiptsOff }: ReferenceChat, group: ReferenceGroup): boolean =>
  group.kind === 'direct' && [...group.members.keys()].some((userId) => receiptsOff.has(userId));

/** To themselves, what a member has read in private has reached them as well. */
function ownRow(row: Row): Row {
  const { deliveredAt = Infinity, readAt = Infinity } = row;
  const at = Math.min(deliveredAt, readAt);
  return at === Infinity ? row : { ...row, deliveredAt: at };
}

/** A member's row as another member, or they themselves, may see it. */
export function rowAsSeenBy(
  chat: ReferenceChat,
  group: ReferenceGroup,
  viewerId: string,
  message: ReferenceMessage,
  userId: string,
): Row {
  const row = rowOf(message, userId);
  if (userId === viewerId) return ownRow(row);
  if (group.kind === 'group') return row;
  if (userId === message.message.senderId) return row;
  if (!row.hidden && !receiptsAreOff(chat, group)) return row;
  return row.deliveredAt === undefined ? {} : { deliveredAt: row.deliveredAt };
}

interface Line {
  member: ReferenceMember;
  row: Row;
}

/** The audience of a message with what each did, by user id: of a recalled one those who read it. */
function linesOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  viewerId: string,
  of: ReferenceMessage,
): Line[] {
  const lines = [...group.members.values()].map((member) => ({
    member,
    row: rowAsSeenBy(chat, group, viewerId, of, member.userId),
  }));
  const entitled = ({ member, row }: Line) =>
    row.readAt !== undefined ||
    (!of.message.recalled && !member.left && of.message.seq >= member.from);
  return lines.filter(entitled).sort((a, b) => (a.member.userId < b.member.userId ? -1 : 1));
}

export function countsOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  viewerId: string,
  message: ReferenceMessage,
): Counts {
  const lines = linesOf(chat, group, viewerId, message);
  const readCount = lines.filter(({ row }) => row.readAt !== undefined).length;
  return {
    readCount,
    deliveredCount: lines.filter(({ row }) => row.deliveredAt !== undefined).length,
    unreadCount: lines.length - readCount,
    totalCount: lines.length,
  };
}

/** One tick, two ticks, coloured ticks: of the others. */
export function messageStatusOf({ readCount, deliveredCount, totalCount }: Counts): MessageStatus {
  if (totalCount === 1) return 'sent';
  if (readCount === totalCount) return 'read';
  return deliveredCount === totalCount ? 'delivered' : 'sent';
}

export function listOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  viewerId: string,
  message: ReferenceMessage,
  state: ListState,
): ReceiptLine[] {
  const wanted = ({ row }: Line) =>
    state === undefined ||
    (state === 'delivered'
      ? row.deliveredAt !== undefined
      : (row.readAt === undefined) === (state === 'unread'));
  return linesOf(chat, group, viewerId, message)
    .filter(wanted)
    .map(({ member: { userId, left }, row }) => ({
      userId,
      ...(userId === message.message.senderId && { isSender: true }),
      ...timesOf(group, row, userId === message.message.senderId),
      ...(left && { left: true }),
    }));
}

/** When a member did what, but for what they did while tracking was positions. Whoever sends has read. */
function timesOf({ privateTimes }: ReferenceGroup, row: Row, isSender: boolean) {
  const isPrivate = (at: number) => privateTimes.some(({ from, to }) => at >= from && at <= to);
  const known = (at: number | undefined, isTold = false) =>
    at !== undefined && (isTold || !isPrivate(at)) ? [at] : [];
  const [playedAt = null] = known(row.playedAt);
  const [readAt = null] = [...known(row.readAt, isSender), ...known(row.playedAt)];
  const [deliveredAt = null] = [...known(row.deliveredAt, isSender), ...known(row.readAt)];
  const done = [
    ['played', row.playedAt, playedAt],
    ['read', row.readAt, readAt],
    ['delivered', row.deliveredAt, deliveredAt],
  ] as const;
  const withoutTime = done.find(([, at, shown]) => at !== undefined && shown === null)?.[0];
  return {
    ...{ deliveredAt, readAt },
    ...(row.playedAt !== undefined && { playedAt }),
    ...(withoutTime && { withoutTime }),
  };
}

export const seesReceiptsOf = (
  group: ReferenceGroup,
  viewer: ReferenceMember,
  { message }: ReferenceMessage,
): boolean =>
  group.tracking === 'receipts' &&
  (group.visibility === 'members' ||
    message.senderId === viewer.userId ||
    (group.visibility === 'admins' && viewer.role !== 'member'));

/** The messages that make a member's own badge. */
export const badgeOf = (
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
): ReferenceMessage[] =>
  visibleTo(chat, group, member).filter((m) => {
    const { seq, senderId, recalled } = m.message;
    const putBack = member.badgeFrom !== undefined && seq >= member.badgeFrom;
    const unread = putBack || rowOf(m, member.userId).readAt === undefined;
    return unread && senderId !== member.userId && !recalled;
  });

/**
 * The last seq up to which all visible messages are so, the one before them if none is. Recalled
 * messages need nothing.
 */
export function positionOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
  time: 'readAt' | 'deliveredAt',
): number {
  const stop = visibleTo(chat, group, member).find(
    (m) => !m.message.recalled && ownRow(rowOf(m, member.userId))[time] === undefined,
  );
  return stop ? stop.message.seq - 1 : group.messages.length;
}

export function readSeqOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
): number {
  const position = positionOf(chat, group, member, 'readAt');
  const beforeFirst = (visibleTo(chat, group, member)[0]?.message.seq ?? Infinity) - 1;
  return Math.min(position, Math.max((member.badgeFrom ?? Infinity) - 1, beforeFirst));
}

/** Where a member stands in a group. The model knows no versions. */
export type ReferenceOwnState = Omit<OwnState, 'stateVersion'>;

export function ownStateOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
): ReferenceOwnState {
  const badge = badgeOf(chat, group, member);
  return {
    groupId: group.groupId,
    readSeq: readSeqOf(chat, group, member),
    unreadCount: badge.length,
    mentionCount: badge.filter((m) => m.message.mentions?.includes(member.userId)).length,
    lastSeq: group.messages.length,
  };
}

/** A group in its member's list. */
export function statusOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
): Omit<GroupStatus, 'stateVersion'> {
  const last = visibleTo(chat, group, member).at(-1);
  return {
    ...ownStateOf(chat, group, member),
    name: group.name,
    role: member.role,
    tracking: group.tracking,
    visibility: group.visibility,
    ...(last && { lastMessage: previewOf(last.message) }),
  };
}

function previewOf(message: Message): NonNullable<GroupStatus['lastMessage']> {
  const { clientMessageId: _id, groupId: _group, mentions: _none, ...preview } = message;
  return preview;
}

export const groupsOf = (
  chat: ReferenceChat,
  userId: string,
): [ReferenceGroup, ReferenceMember][] =>
  chat.groups.flatMap((group) => {
    const member = presentMember(group, userId);
    return member ? [[group, member] as [ReferenceGroup, ReferenceMember]] : [];
  });
