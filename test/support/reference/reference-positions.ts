import { dayMs } from '@seenby/core/day.ts';
import type { MemberPosition } from '@seenby/protocol/entities.ts';
import type {
  ReferenceChat,
  ReferenceGroup,
  ReferenceMember,
  ReferenceMessage,
} from './reference-chat.ts';
import { rowOf } from './reference-chat.ts';
import { receiptsAreOff, rowAsSeenBy, visibleTo } from './reference-views.ts';

/** Who is in the group and up to where they have read and received, as one of them may see it. */
export const positionsFor = (
  chat: ReferenceChat,
  group: ReferenceGroup,
  viewer: ReferenceMember,
): MemberPosition[] =>
  [...group.members.values()]
    .filter(({ left }) => !left)
    .sort((a, b) => (a.userId < b.userId ? -1 : 1))
    .map((member) => {
      const lastReadAt = lastReadAtOf(chat, group, member);
      return {
        userId: member.userId,
        readSeq: positionFor(chat, group, viewer, member, 'readAt'),
        deliveredSeq: positionFor(chat, group, viewer, member, 'deliveredAt'),
        ...(lastReadAt > 0 && { lastReadAt }),
      };
    });

function positionFor(
  chat: ReferenceChat,
  group: ReferenceGroup,
  viewer: ReferenceMember,
  member: ReferenceMember,
  time: 'readAt' | 'deliveredAt',
): number {
  const stop = visibleTo(chat, group, viewer).find(
    (m) =>
      m.message.seq >= member.from &&
      !m.message.recalled &&
      rowAsSeenBy(chat, group, viewer.userId, m, member.userId)[time] === undefined,
  );
  return stop ? stop.message.seq - 1 : group.messages.length;
}

/** When they last read or played something, but for secrets of a direct chat; 0 for what is nobody's to know. */
function lastReadAtOf(
  chat: ReferenceChat,
  group: ReferenceGroup,
  { userId }: ReferenceMember,
): number {
  if (receiptsAreOff(chat, group)) return 0;
  const timesOf = (message: ReferenceMessage) => {
    const { readAt, playedAt, hidden } = rowOf(message, userId);
    const isOwn = message.message.senderId === userId;
    return [isOwn || hidden ? undefined : readAt, playedAt].filter((at) => at !== undefined);
  };
  const last = Math.max(0, ...group.messages.flatMap(timesOf));
  const firstDay = Math.floor((chat.now - chat.retentionDays * dayMs) / dayMs);
  const isPrivate = group.privateTimes.some(({ from, to }) => last >= from && last <= to);
  return last >= firstDay * dayMs && !isPrivate ? last : 0;
}
