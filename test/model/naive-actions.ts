import type { Message, Role, Tracking, Visibility } from '../../protocol/entities.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import {
  type Draft,
  type NaiveChat,
  type NaiveGroup,
  type NaiveMember,
  type NaiveMessage,
  presentMember,
  type Row,
  rowOf,
} from './naive-chat.ts';
import { badgeOf, positionOf, readSeqOf, receiptsAreOff, visibleTo } from './naive-views.ts';

/** What an action should answer. What is refused, or changes nothing, must not be written. */
export type Expected<T> = { ok: true; value: T; changes: boolean } | { ok: false; code: ErrorCode };

const answers = <T>(value: T, changes = true): Expected<T> => ({ ok: true, value, changes });
export const refuses = (code: ErrorCode): Expected<never> => ({ ok: false, code });

export function send(
  chat: NaiveChat,
  group: NaiveGroup,
  userId: string,
  draft: Draft,
): Expected<Message> {
  if (!presentMember(group, userId)) return refuses('NOT_FOUND');
  const known = sentBefore(group, userId, draft.clientMessageId);
  if (known) {
    const same = JSON.stringify(known.draft) === JSON.stringify(draft);
    return same ? answers(known.message, false) : refuses('CONFLICT');
  }
  const seq = group.messages.length + 1;
  const mentions = [...new Set(draft.mentions)].filter((id) => presentMember(group, id));
  const { clientMessageId, content, messageType } = draft;
  const message: Message = {
    messageId: `${group.groupId}.${seq}`,
    groupId: group.groupId,
    seq,
    senderId: userId,
    messageType,
    content,
    createdAt: chat.now,
    clientMessageId,
    ...(mentions.length > 0 && { mentions }),
  };
  const own = { readAt: chat.now, deliveredAt: chat.now };
  group.messages.push({ message, draft, rows: new Map([[userId, own]]) });
  return answers(message);
}

const sentBefore = (group: NaiveGroup, userId: string, clientMessageId: string) =>
  group.messages.find(
    ({ message }) => message.senderId === userId && message.clientMessageId === clientMessageId,
  );

export function recall(
  chat: NaiveChat,
  group: NaiveGroup,
  userId: string,
  seq: number,
): Expected<Message> {
  const caller = presentMember(group, userId);
  const target = caller && visibleTo(chat, group, caller).find((m) => m.message.seq === seq);
  if (!caller || !target) return refuses('NOT_FOUND');
  const { mentions: _gone, ...rest } = target.message;
  if (rest.senderId !== userId && caller.role === 'member') return refuses('FORBIDDEN');
  const changes = rest.recalled !== true;
  target.message = { ...rest, content: '', recalled: true };
  return answers(target.message, changes);
}

export interface Marked {
  groupId: string;
  readSeq: number;
  deliveredSeq: number;
  unreadCount: number;
  changed: boolean;
}

export interface Marking {
  group: NaiveGroup;
  seqs: readonly number[];
}

type Kind = 'delivered' | 'read' | 'played';

/** Nothing is marked unless all of it may be. */
export function mark(
  chat: NaiveChat,
  userId: string,
  kind: Kind,
  markings: readonly Marking[],
): Expected<Marked[]> {
  if (markings.some(({ group }) => !presentMember(group, userId))) return refuses('NOT_FOUND');
  const beyond = ({ group, seqs }: Marking) => seqs.some((seq) => seq > group.messages.length);
  if (markings.some(beyond)) return refuses('BAD_REQUEST');
  const marked = markings.map(({ group, seqs }) => {
    const member = presentMember(group, userId) as NaiveMember;
    const changed = markGroup(chat, group, member, kind, seqs);
    return {
      groupId: group.groupId,
      readSeq: readSeqOf(chat, group, member),
      deliveredSeq: positionOf(chat, group, member, 'deliveredAt'),
      unreadCount: badgeOf(chat, group, member).length,
      changed,
    };
  });
  return answers(
    marked,
    marked.some(({ changed }) => changed),
  );
}

function markGroup(
  chat: NaiveChat,
  group: NaiveGroup,
  member: NaiveMember,
  kind: Kind,
  seqs: readonly number[],
): boolean {
  const clearsBadge =
    kind !== 'delivered' && member.badgeFrom !== undefined && Math.max(...seqs) >= member.badgeFrom;
  const wanted = visibleTo(chat, group, member).filter(({ message }) => seqs.includes(message.seq));
  const isNew = (m: NaiveMessage) => rowOf(m, member.userId)[`${kind}At`] === undefined;
  // Positions pass over what was recalled: marking only that is marking below the position.
  const changed = clearsBadge || wanted.some((m) => isNew(m) && !m.message.recalled);
  if (!changed) return false;
  if (clearsBadge) delete member.badgeFrom;
  const conceals = receiptsAreOff(chat, group);
  for (const message of wanted) markRow(rowOf(message, member.userId), kind, chat.now, conceals);
  return true;
}

function markRow(row: Row, kind: Kind, at: number, conceals: boolean): void {
  row.deliveredAt ??= at;
  if (kind === 'delivered') return;
  if (row.readAt === undefined && conceals) row.concealed = true;
  row.readAt ??= at;
  if (kind === 'played') row.playedAt ??= at;
}

export function play(
  chat: NaiveChat,
  group: NaiveGroup,
  userId: string,
  seq: number,
): Expected<boolean> {
  const member = presentMember(group, userId);
  if (!member) return refuses('NOT_FOUND');
  if (seq > group.messages.length) return refuses('BAD_REQUEST');
  const message = visibleTo(chat, group, member).find((m) => m.message.seq === seq);
  if (!message) return refuses('NOT_FOUND');
  if (message.message.messageType !== 'voice') return refuses('BAD_REQUEST');
  const marked = mark(chat, userId, 'played', [{ group, seqs: [seq] }]);
  return marked.ok ? answers(marked.changes, marked.changes) : marked;
}

export function markUnread(
  chat: NaiveChat,
  group: NaiveGroup,
  userId: string,
  fromSeq: number,
): Expected<number> {
  const member = presentMember(group, userId);
  if (!member) return refuses('NOT_FOUND');
  if (fromSeq > group.messages.length) return refuses('BAD_REQUEST');
  member.badgeFrom = Math.max(fromSeq, member.from);
  return answers(badgeOf(chat, group, member).length);
}

export function changeSettings(
  group: NaiveGroup,
  userId: string,
  settings: { tracking?: Tracking | 'auto'; visibility?: Visibility },
): Expected<NaiveGroup> {
  const caller = presentMember(group, userId);
  if (!caller) return refuses('NOT_FOUND');
  if (caller.role === 'member') return refuses('FORBIDDEN');
  const { tracking, visibility } = settings;
  if (tracking !== undefined) group.tracking = tracking === 'auto' ? 'receipts' : tracking;
  if (visibility !== undefined) group.visibility = visibility;
  return answers(group);
}

const rank = { member: 0, admin: 1, owner: 2 };

export function giveRole(
  group: NaiveGroup,
  userId: string,
  targetId: string,
  role: Role,
): Expected<null> {
  const caller = presentMember(group, userId);
  const target = presentMember(group, targetId);
  if (!caller || !target) return refuses('NOT_FOUND');
  if (role === 'owner') {
    if (caller.role !== 'owner') return refuses('FORBIDDEN');
    caller.role = 'admin';
  } else if (rank[caller.role] <= rank[target.role] || rank[caller.role] <= rank[role]) {
    return refuses('FORBIDDEN');
  }
  target.role = role;
  return answers(null);
}

export function add(
  group: NaiveGroup,
  userId: string,
  memberIds: readonly string[],
  role: 'admin' | 'member',
): Expected<string[]> {
  const caller = presentMember(group, userId);
  if (!caller) return refuses('NOT_FOUND');
  if (rank[caller.role] <= rank[role]) return refuses('FORBIDDEN');
  if (group.kind === 'direct') return refuses('BAD_REQUEST');
  const joining = [...new Set(memberIds)].filter((id) => !presentMember(group, id));
  const from = Math.max(1, group.messages.length - group.historyForNewMembers + 1);
  for (const id of joining) group.members.set(id, { userId: id, role, from, left: false });
  return answers(joining);
}

export function remove(group: NaiveGroup, userId: string, targetId: string): Expected<null> {
  const caller = presentMember(group, userId);
  const target = presentMember(group, targetId);
  if (!caller || !target) return refuses('NOT_FOUND');
  const leaves = caller === target && caller.role !== 'owner';
  if (!leaves && rank[caller.role] <= rank[target.role]) return refuses('FORBIDDEN');
  group.members.set(targetId, { userId: targetId, role: 'member', from: target.from, left: true });
  return answers(null);
}
