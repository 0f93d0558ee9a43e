import type { Counts, Message, ReceiptLine } from '@seenby/protocol/entities.ts';
import { eachSeq } from '../../../../support/each-seq.ts';
import {
  presentMember,
  type ReferenceChat,
  type ReferenceGroup,
} from '../../../../support/reference/reference-chat.ts';
import {
  countsOf,
  groupsOf,
  type ListState,
  listOf,
  messageStatusOf,
  seesReceiptsOf,
  statusOf,
  visibleTo,
} from '../../../../support/reference/reference-views.ts';
import type { ServedChat } from '../served-chat.ts';
import { seenCounts } from '../syncing-client.ts';
import { checkPositions } from './check-positions.ts';
import { expectSame } from './expect-same.ts';
import { callOn, expectRefused } from './group-call.ts';

/** Which message of each group everyone lists, and by which state. */
export interface Probe {
  /** Counted back from the one after the last. */
  back: number;
  state: ListState;
}

/** Asks every user everything that depends on reading, and compares it with the reference chat. */
export async function checkAnswers(
  served: ServedChat,
  chat: ReferenceChat,
  probe: Probe,
): Promise<void> {
  const asked = chat.userIds.flatMap((userId) => [
    checkUnread(served, chat, userId),
    ...chat.groups.map((group) => checkGroup(served, chat, group, userId, probe)),
  ]);
  await Promise.all(asked);
}

async function checkUnread(served: ServedChat, chat: ReferenceChat, userId: string): Promise<void> {
  const reply = await served.look(userId, { route: 'GET /me/unread' });
  if (!reply.ok) throw new Error(`${userId}: unread was refused with ${reply.code}`);
  const groups = groupsOf(chat, userId).map(([group, member]) => statusOf(chat, group, member));
  const byId = (a: { groupId: string }, b: { groupId: string }) => (a.groupId < b.groupId ? -1 : 1);
  expectSame(
    { ...reply.value, groups: reply.value.groups.sort(byId) },
    {
      totalUnreadCount: groups.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
      groups: groups.sort(byId),
    },
    `${userId}: unread`,
  );
  served.compared.note('groups with unread counts', groups.length);
}

async function checkGroup(
  served: ServedChat,
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  { back, state }: Probe,
): Promise<void> {
  const seq = Math.max(1, group.messages.length + 1 - back);
  await Promise.all([
    checkHistory(served, chat, group, userId),
    checkCounts(served, chat, group, userId),
    checkList(served, chat, group, userId, seq, state),
    checkPositions(served, chat, group, userId),
  ]);
}

async function checkHistory(
  served: ServedChat,
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
): Promise<void> {
  const call = callOn(group, 'GET /groups/{groupId}/messages', { limit: '100' });
  const reply = await served.look(userId, call);
  const what = `${userId}: history of ${group.groupId}`;
  const member = presentMember(group, userId);
  if (!member) return expectRefused(served, reply, 'NOT_FOUND', what);
  const messages = visibleTo(chat, group, member).map((m): Message & Partial<Counts> => ({
    ...m.message,
    ...(seesReceiptsOf(group, member, m) && countsOf(chat, group, userId, m)),
  }));
  const lastSeq = group.messages.length;
  expectSame(reply, { ok: true, value: { messages: messages.slice(-100), lastSeq } }, what);
  served.compared.note('messages of histories', messages.length);
}

async function checkCounts(
  served: ServedChat,
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
): Promise<void> {
  const call = callOn(group, 'GET /groups/{groupId}/receipts', { from: '1', to: '1000' });
  const reply = await served.look(userId, call);
  const what = `${userId}: counts of ${group.groupId}`;
  const member = presentMember(group, userId);
  if (!member) return expectRefused(served, reply, 'NOT_FOUND', what);
  if (group.tracking === 'positions') return expectRefused(served, reply, 'FORBIDDEN', what);
  if (group.messages.length === 0) return expectRefused(served, reply, 'BAD_REQUEST', what);
  const counts = reply.ok ? eachSeq(reply.value.counts) : reply;
  const seen = seenCounts(chat, group, member);
  expectSame(counts, seen, what);
  served.compared.note('counts of messages', seen.length);
}

/** Who is listed, and when: to the millisecond once the recorder has seen all, never earlier before. */
export async function checkList(
  served: ServedChat,
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  seq: number,
  state: ListState,
): Promise<void> {
  const base = callOn(group, 'GET /groups/{groupId}/messages/{seq}/receipts', state && { state });
  const call = { ...base, path: { ...base.path, seq: String(seq) } };
  const reply = await served.look(userId, call);
  const what = `${userId}: list of ${group.groupId}.${seq} ${state ?? ''}`;
  const member = presentMember(group, userId);
  const message = member && visibleTo(chat, group, member).find((m) => m.message.seq === seq);
  if (!member || !message) return expectRefused(served, reply, 'NOT_FOUND', what);
  if (!seesReceiptsOf(group, member, message))
    return expectRefused(served, reply, 'FORBIDDEN', what);
  const lines = listOf(chat, group, userId, message, state);
  const counts = countsOf(chat, group, userId, message);
  const expected = { seq, ...counts, status: messageStatusOf(counts), members: lines, next: null };
  served.compared.note('lines of receipt lists', lines.length);
  if (served.tap.isEmpty || !reply.ok) {
    expectSame(reply, { ok: true, value: expected }, what);
    served.compared.note('times of receipts', lines.filter(({ readAt }) => readAt !== null).length);
    return;
  }
  const known = { ...reply.value, members: withoutLateTimes(reply.value.members, lines) };
  expectSame(known, expected, what);
}

/** While the recorder is behind, a later time may stand for the true one; never none, never an earlier. */
function withoutLateTimes(actual: readonly ReceiptLine[], truth: readonly ReceiptLine[]) {
  return actual.map((line, i) => {
    const early: Partial<ReceiptLine> = {};
    for (const kind of ['deliveredAt', 'readAt', 'playedAt'] as const) {
      const [shown, real] = [line[kind], truth[i]?.[kind]];
      if (shown != null && real != null && shown > real) early[kind] = real;
    }
    return { ...line, ...early };
  });
}
