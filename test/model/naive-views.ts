import type { Counts, GroupStatus, Message, ReceiptLine } from '../../protocol/entities.ts';
import {
  type NaiveChat,
  type NaiveGroup,
  type NaiveMember,
  type NaiveMessage,
  presentMember,
  type Row,
  rowOf,
} from './naive-chat.ts';

const dayMs = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / dayMs);

export type ListState = 'read' | 'unread' | 'delivered' | undefined;

/** Messages expire in whole days (UTC). */
const isExpired = (chat: NaiveChat, { message }: NaiveMessage): boolean =>
  dayOf(message.createdAt) < dayOf(chat.now - chat.retentionDays * dayMs);

/** What a member may see: since they joined, and not expired. */
export const visibleTo = (
  chat: NaiveChat,
  group: NaiveGroup,
  member: NaiveMember,
): NaiveMessage[] =>
  group.messages.filter((m) => m.message.seq >= member.from && !isExpired(chat, m));

export const receiptsAreOff = ({ receiptsOff }: NaiveChat, group: NaiveGroup): boolean =>
  group.kind === 'direct' && [...group.members.keys()].some((userId) => receiptsOff.has(userId));

/** A member's row as another member, or they themselves, may see it. */
function rowAsSeenBy(
  chat: NaiveChat,
  group: NaiveGroup,
  viewerId: string,
  message: NaiveMessage,
  userId: string,
): Row {
  const row = rowOf(message, userId);
  if (group.kind === 'group' || userId === viewerId) return row;
  if (userId === message.message.senderId) return row;
  if (!row.concealed && !receiptsAreOff(chat, group)) return row;
  return row.deliveredAt === undefined ? {} : { deliveredAt: row.deliveredAt };
}

interface Line {
  member: NaiveMember;
  row: Row;
}

/** The audience of a message with what each did, by user id. */
function linesOf(chat: NaiveChat, group: NaiveGroup, viewerId: string, of: NaiveMessage): Line[] {
  const lines = [...group.members.values()].map((member) => ({
    member,
    row: rowAsSeenBy(chat, group, viewerId, of, member.userId),
  }));
  const entitled = ({ member, row }: Line) =>
    row.readAt !== undefined || (!member.left && of.message.seq >= member.from);
  return lines.filter(entitled).sort((a, b) => (a.member.userId < b.member.userId ? -1 : 1));
}

export function countsOf(
  chat: NaiveChat,
  group: NaiveGroup,
  viewerId: string,
  message: NaiveMessage,
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

export function listOf(
  chat: NaiveChat,
  group: NaiveGroup,
  viewerId: string,
  message: NaiveMessage,
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
      deliveredAt: row.deliveredAt ?? null,
      readAt: row.readAt ?? null,
      ...(row.playedAt !== undefined && { playedAt: row.playedAt }),
      ...(left && { left: true }),
    }));
}

export const seesReceiptsOf = (
  group: NaiveGroup,
  viewer: NaiveMember,
  { message }: NaiveMessage,
): boolean =>
  group.tracking === 'receipts' &&
  (group.visibility === 'members' ||
    message.senderId === viewer.userId ||
    (group.visibility === 'admins' && viewer.role !== 'member'));

/** The messages that make a member's own badge. */
export const badgeOf = (chat: NaiveChat, group: NaiveGroup, member: NaiveMember): NaiveMessage[] =>
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
  chat: NaiveChat,
  group: NaiveGroup,
  member: NaiveMember,
  time: 'readAt' | 'deliveredAt',
): number {
  const stop = visibleTo(chat, group, member).find(
    (m) => !m.message.recalled && rowOf(m, member.userId)[time] === undefined,
  );
  return stop ? stop.message.seq - 1 : group.messages.length;
}

export function readSeqOf(chat: NaiveChat, group: NaiveGroup, member: NaiveMember): number {
  const position = positionOf(chat, group, member, 'readAt');
  const beforeFirst = (visibleTo(chat, group, member)[0]?.message.seq ?? Infinity) - 1;
  return Math.min(position, Math.max((member.badgeFrom ?? Infinity) - 1, beforeFirst));
}

/** A group in its member's list. */
export function statusOf(chat: NaiveChat, group: NaiveGroup, member: NaiveMember): GroupStatus {
  const badge = badgeOf(chat, group, member);
  const last = visibleTo(chat, group, member).at(-1);
  return {
    groupId: group.groupId,
    name: group.name,
    role: member.role,
    tracking: group.tracking,
    lastSeq: group.messages.length,
    readSeq: readSeqOf(chat, group, member),
    unreadCount: badge.length,
    mentionCount: badge.filter((m) => m.message.mentions?.includes(member.userId)).length,
    ...(last && { lastMessage: previewOf(last.message) }),
  };
}

function previewOf(message: Message): NonNullable<GroupStatus['lastMessage']> {
  const { clientMessageId: _id, groupId: _group, mentions: _none, ...preview } = message;
  return preview;
}

export const groupsOf = (chat: NaiveChat, userId: string): [NaiveGroup, NaiveMember][] =>
  chat.groups.flatMap((group) => {
    const member = presentMember(group, userId);
    return member ? [[group, member] as [NaiveGroup, NaiveMember]] : [];
  });
