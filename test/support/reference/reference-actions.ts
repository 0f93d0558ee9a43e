import type { Message, Role, Tracking, Visibility } from '@seenby/protocol/entities.ts';
import type { ErrorCode } from '@seenby/protocol/errors.ts';
import {
  type Draft,
  presentMember,
  type ReferenceChat,
  type ReferenceGroup,
  type ReferenceMember,
  type ReferenceMessage,
  type Row,
  rowOf,
} from './reference-chat.ts';
import {
  ownStateOf,
  positionOf,
  type ReferenceOwnState,
  receiptsAreOff,
  visibleTo,
} from './reference-views.ts';

/** What an action should answer. What is refused, or changes nothing, must not be written. */
export type Expected<T> = { ok: true; value: T; changes: boolean } | { ok: false; code: ErrorCode };

const answers = <T>(value: T, changes = true): Expected<T> => ({ ok: true, value, changes });
export const refuses = (code: ErrorCode): Expected<never> => ({ ok: false, code });

export function send(
  chat: ReferenceChat,
  group: ReferenceGroup,
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

const sentBefore = (group: ReferenceGroup, userId: string, clientMessageId: string) =>
  group.messages.find(
    ({ message }) => message.senderId === userId && message.clientMessageId === clientMessageId,
  );

export function recall(
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  seq: number,
): Expected<Message> {
  const caller = presentMember(group, userId);
  const target = caller && visibleTo(chat, group, caller).find((m) => m.message.seq === seq);
  if (!caller || !target) return refuses('NOT_FOUND');
  const { senderId, recalled } = target.message;
  if (senderId !== userId && caller.role === 'member') return refuses('FORBIDDEN');
  const changes = recalled !== true;
  takeBack(target);
  return answers(target.message, changes);
}

/** Removes the content, whoever asks. */
export function takeBack(target: ReferenceMessage): void {
  const { mentions: _gone, ...rest } = target.message;
  target.message = { ...rest, content: '', recalled: true };
}

export interface Marked {
  state: ReferenceOwnState;
  deliveredSeq: number;
  changed: boolean;
}

export interface Marking {
  group: ReferenceGroup;
  seqs: readonly number[];
}

type Kind = 'delivered' | 'read' | 'played';

/** Each group is marked, or refused, by itself. */
export function mark(
  chat: ReferenceChat,
  userId: string,
  kind: Kind,
  markings: readonly Marking[],
): Expected<{ groupId: string; result: Expected<Marked> }[]> {
  const marked = markings.map((marking) => ({
    groupId: marking.group.groupId,
    result: markOneGroup(chat, userId, kind, marking),
  }));
  const changes = marked.some(({ result }) => result.ok && result.changes);
  return answers(marked, changes);
}

export function markOneGroup(
  chat: ReferenceChat,
  userId: string,
  kind: Kind,
  { group, seqs }: Marking,
): Expected<Marked> {
  const member = presentMember(group, userId);
  if (!member) return refuses('NOT_FOUND');
  if (seqs.some((seq) => seq > group.messages.length)) return refuses('BAD_REQUEST');
  const changed = markGroup(chat, group, member, kind, seqs);
  const deliveredSeq = positionOf(chat, group, member, 'deliveredAt');
  return answers({ state: ownStateOf(chat, group, member), deliveredSeq, changed }, changed);
}

function markGroup(
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
  kind: Kind,
  seqs: readonly number[],
): boolean {
  const wanted = visibleTo(chat, group, member).filter(({ message }) => seqs.includes(message.seq));
  const time = timeOf(kind, receiptsAreOff(chat, group));
  const isNew = (m: ReferenceMessage) => rowOf(m, member.userId)[time] === undefined;
  // Positions pass over what was recalled: marking only that is marking below the position.
  const changed =
    clearsBadge(member, kind, seqs) || wanted.some((m) => isNew(m) && !m.message.recalled);
  if (changed) markRows(chat, group, member, kind, seqs);
  return changed;
}

/** Writes down what a member did with messages, whether or not it changes what anybody sees. */
export function markRows(
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
  kind: Kind,
  seqs: readonly number[],
): void {
  if (clearsBadge(member, kind, seqs)) delete member.badgeFrom;
  const hides = receiptsAreOff(chat, group) || isWithheldFrom(group, member);
  const wanted = visibleTo(chat, group, member).filter(({ message }) => seqs.includes(message.seq));
  const rows = wanted.map((message) => rowOf(message, member.userId));
  if (kind !== 'delivered' && rows.some((row) => isNewTo(row, timeOf(kind, hides)))) {
    member.withholds = chat.receiptsOff.has(member.userId);
  }
  for (const row of rows) markRow(row, kind, chat.now, hides);
}

/** Whoever withholds what they read is told nothing either. */
const isWithheldFrom = (group: ReferenceGroup, reader: ReferenceMember): boolean =>
  group.kind === 'direct' &&
  [...group.members.values()].some((other) => other !== reader && other.withholds === true);

const isNewTo = (row: Row, time: ReturnType<typeof timeOf>): boolean =>
  row[time] === undefined && !row.hidden;

/** What is done in private is kept as a read and nothing else: no delivery, no play. */
const timeOf = (kind: Kind, hides: boolean) =>
  kind === 'played' && hides ? 'readAt' : (`${kind}At` as const);

const clearsBadge = ({ badgeFrom }: ReferenceMember, kind: Kind, seqs: readonly number[]) =>
  kind !== 'delivered' && badgeFrom !== undefined && Math.max(...seqs) >= badgeFrom;

function markRow(row: Row, kind: Kind, at: number, hides: boolean): void {
  if (kind === 'delivered' || !(hides || row.hidden)) row.deliveredAt ??= at;
  if (kind === 'delivered') return;
  if (row.readAt === undefined && hides) row.hidden = true;
  row.readAt ??= at;
  if (kind === 'played' && !hides) row.playedAt ??= at;
}

export function play(
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  seq: number,
): Expected<boolean> {
  const member = presentMember(group, userId);
  if (!member) return refuses('NOT_FOUND');
  if (seq > group.messages.length) return refuses('BAD_REQUEST');
  const message = visibleTo(chat, group, member).find((m) => m.message.seq === seq);
  if (!message) return refuses('NOT_FOUND');
  if (message.message.messageType !== 'voice') return refuses('BAD_REQUEST');
  const marked = markOneGroup(chat, userId, 'played', { group, seqs: [seq] });
  return marked.ok ? answers(marked.changes, marked.changes) : marked;
}

export function markUnread(
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  fromSeq: number,
): Expected<ReferenceOwnState> {
  const member = presentMember(group, userId);
  if (!member) return refuses('NOT_FOUND');
  if (fromSeq > group.messages.length) return refuses('BAD_REQUEST');
  member.badgeFrom = Math.max(fromSeq, member.from);
  return answers(ownStateOf(chat, group, member));
}

export function changeSettings(
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  settings: { tracking?: Tracking | 'auto'; visibility?: Visibility },
): Expected<ReferenceGroup> {
  const caller = presentMember(group, userId);
  if (!caller) return refuses('NOT_FOUND');
  if (caller.role === 'member') return refuses('FORBIDDEN');
  const { tracking, visibility } = settings;
  if (tracking !== undefined) track(chat, group, tracking === 'auto' ? 'receipts' : tracking);
  if (visibility !== undefined) group.visibility = visibility;
  return answers(group);
}

function track({ now }: ReferenceChat, group: ReferenceGroup, tracking: Tracking): void {
  if (tracking === group.tracking) return;
  if (group.tracking === 'positions') {
    group.privateTimes.push({ from: group.trackingSince, to: now });
  }
  Object.assign(group, { tracking, trackingSince: now });
}

const rank = { member: 0, admin: 1, owner: 2 };

export function giveRole(
  group: ReferenceGroup,
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
  group: ReferenceGroup,
  userId: string,
  memberIds: readonly string[],
  role: 'admin' | 'member',
): Expected<string[]> {
  const caller = presentMember(group, userId);
  if (!caller) return refuses('NOT_FOUND');
  if (rank[caller.role] <= rank[role]) return refuses('FORBIDDEN');
  if (group.kind === 'direct') return refuses('BAD_REQUEST');
  const joining = [...new Set(memberIds)].filter((id) => !presentMember(group, id));
  for (const id of joining) join(group, id, role);
  return answers(joining);
}

/** Comes in, for the first time or again: what they had read stays read. */
export function join(group: ReferenceGroup, userId: string, role: Role): void {
  const from = Math.max(1, group.messages.length - group.historyForNewMembers + 1);
  group.members.set(userId, { userId, role, from, left: false });
}

export function remove(group: ReferenceGroup, userId: string, targetId: string): Expected<null> {
  const caller = presentMember(group, userId);
  const target = presentMember(group, targetId);
  if (caller && group.kind === 'direct') return refuses('BAD_REQUEST');
  if (!caller || !target) return refuses('NOT_FOUND');
  const leaves = caller === target && caller.role !== 'owner';
  if (!leaves && rank[caller.role] <= rank[target.role]) return refuses('FORBIDDEN');
  leave(group, target);
  return answers(null);
}

export function leave(group: ReferenceGroup, { userId, from }: ReferenceMember): void {
  group.members.set(userId, { userId, role: 'member', from, left: true });
}
