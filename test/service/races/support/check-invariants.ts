import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import type {
  CountedMessage,
  CountRange,
  Message,
  ReceiptPage,
} from '@seenby/protocol/entities.ts';
import type { UnreadOverview } from '@seenby/protocol/http-answers.ts';
import { expect } from 'vitest';
import { groupKey } from '../../../../functions/store/dynamodb/keys.ts';
import type { Chooser, Person } from './calls.ts';
import type { Raced, RaceWorld } from './race-world.ts';

/** What holds after any race, whoever won. */
export async function checkInvariants(
  world: RaceWorld,
  { groupId, newGroupId }: Chooser,
  raced: readonly Raced[],
): Promise<void> {
  // By then nobody is at work any more.
  world.opened.time.now += 60_000;
  for (const { call, answer } of raced) {
    expect([call.name, answer?.code]).not.toEqual([call.name, 'INTERNAL']);
  }
  await checkCreated(world, newGroupId, raced);
  await checkMembers(world, newGroupId);
  await checkMembers(world, groupId);
  await checkSubscriptions(world, groupId);
  const group = await world.service.groups.get(groupId);
  if (!group) return;
  const members = await world.service.members.ofGroup(groupId, 'strong');
  for (const member of members) if (!member.left) await checkBadge(world, group, member);
  await checkMessages(world, groupId, raced);
  await checkCounts(world, groupId, members);
}

/** A group has one owner, whatever became of it, and each member a number of their own. */
async function checkMembers(world: RaceWorld, groupId: string): Promise<void> {
  const { groups, members } = world.service;
  const rows = await members.ofGroup(groupId, 'strong');
  const item = await world.opened.table.get(groupKey(groupId));
  if (!(await groups.get(groupId))) {
    // Of an attempt that failed rows may be left; of a deleted group none.
    if (item?.deletedAt !== undefined) expect(rows.map(({ userId }) => userId)).toEqual([]);
    return;
  }
  const present = rows.filter(({ left }) => !left);
  const owners = present.filter(({ role }) => role === 'owner');
  expect(owners.map(({ userId }) => userId)).toHaveLength(1);
  expect(new Set(rows.map(({ ordinal }) => ordinal)).size).toBe(rows.length);
  if (item?.places !== undefined) expect(item.places).toBeGreaterThanOrEqual(present.length);
}

/** Of several requests that make one group, one is answered with success, and its members are in. */
async function checkCreated(
  world: RaceWorld,
  newGroupId: string,
  raced: readonly Raced[],
): Promise<void> {
  const creations = raced.filter(({ call }) => call.route === 'POST /groups');
  if (creations.length === 0) return;
  const made = creations.filter(({ answer }) => answer?.ok);
  expect(made.length).toBeLessThanOrEqual(1);
  const [winner] = made;
  if (!winner) return;
  const { memberIds } = (winner.call.input as { body: { memberIds: string[] } }).body;
  const rows = await world.service.members.ofGroup(newGroupId, 'strong');
  const expected = [...new Set([winner.call.by, ...memberIds])].sort();
  // Who was erased meanwhile is out again, and stands under a pseudonym.
  const erased = erasedIn(raced);
  expect(rows.filter(({ userId, left }) => isPseudonym(userId) && !left)).toEqual([]);
  const userIds = rows.map(({ userId }) => userId).filter((id) => !isPseudonym(id));
  expect(userIds).toEqual(expected.filter((id) => userIds.includes(id) || !erased.includes(id)));
  expect(rows).toHaveLength(expected.length);
}

const erasedIn = (raced: readonly Raced[]): string[] =>
  raced.flatMap(({ call: { route, input } }) =>
    route === 'DELETE /users/{userId}' ? [(input as { path: { userId: string } }).path.userId] : [],
  );

const isPseudonym = (userId: string): boolean => userId.startsWith('erased-');

/** Nothing is posted to connections that are gone. */
async function checkSubscriptions(world: RaceWorld, groupId: string): Promise<void> {
  const { connections } = world.service;
  const subscribers = await connections.subscribersOf(groupId);
  const open = await connections.ofUsers([...new Set(subscribers.map(({ userId }) => userId))]);
  const ids = new Set(open.map(({ connectionId }) => connectionId));
  expect(subscribers.filter(({ connectionId }) => !ids.has(connectionId))).toEqual([]);
}

async function historyOf(world: RaceWorld, userId: string, groupId: string) {
  const page = await world.http(userId as Person, 'GET /groups/{groupId}/messages', {
    path: { groupId },
  });
  expect(page.code).toBeUndefined();
  return (page.value as { messages: CountedMessage[] }).messages;
}

/** The badge is what a member has to read, and the newest message is that of the history. */
async function checkBadge(world: RaceWorld, group: GroupState, member: MemberState): Promise<void> {
  const { userId } = member;
  const overview = await world.http(userId as Person, 'GET /me/unread', {});
  const { groups } = overview.value as UnreadOverview;
  const status = groups.find(({ groupId }) => groupId === group.groupId);
  const messages = await historyOf(world, userId, group.groupId);
  const shown = messages.filter(({ lost }) => !lost);
  const last = shown.at(-1);
  const { lastMessage } = status ?? {};
  expect([userId, lastMessage?.seq, lastMessage?.content]).toEqual([
    userId,
    last?.seq,
    last?.content,
  ]);
  if (member.privateUnread) return;
  const unread = shown.filter(
    ({ seq, recalled, senderId }) => !recalled && senderId !== userId && !has(member.read, seq),
  );
  expect([userId, status?.unreadCount]).toEqual([userId, unread.length]);
  const mentions = unread.filter((message) => message.mentions?.includes(userId));
  expect([userId, status?.mentionCount]).toEqual([userId, mentions.length]);
}

/** Seqs are dense, each acknowledged message is there once, and nothing else is. */
async function checkMessages(
  world: RaceWorld,
  groupId: string,
  raced: readonly Raced[],
): Promise<void> {
  const { groups, messages } = world.service;
  const lastSeq = (await groups.get(groupId))?.lastSeq ?? 0;
  const stored = await messages.range(groupId, 1, lastSeq);
  expect(stored.map(({ message }) => message.seq)).toEqual(
    Array.from({ length: lastSeq }, (_, i) => i + 1),
  );
  const real = stored.filter(({ tombstone }) => !tombstone).map(({ message }) => message);
  const names = real.map(({ senderId, clientMessageId }) => `${senderId} ${clientMessageId}`);
  expect(new Set(names).size).toBe(names.length);
  // What somebody sent who was erased meanwhile stands under their pseudonym.
  const erased = erasedIn(raced);
  const sent = raced
    .flatMap(({ call, answer }) => messageIn(call.route, answer?.value) ?? [])
    .map((message) => {
      const { senderId: now = '' } = real.find(({ seq }) => seq === message.seq) ?? {};
      const isRenamed = erased.includes(message.senderId) && isPseudonym(now);
      return isRenamed ? { ...message, senderId: now } : message;
    });
  for (const { seq, senderId, content, clientMessageId } of sent) {
    const there = real.find((message) => message.seq === seq);
    expect(there).toMatchObject({ senderId, clientMessageId });
    if (!there?.recalled) expect(there?.content).toBe(content);
  }
  const sends = new Set(
    sent.map(({ senderId, clientMessageId }) => `${senderId} ${clientMessageId}`),
  );
  const fresh = names.slice(3);
  const unanswered = raced.some(({ answer }) => !answer);
  if (!unanswered) expect(fresh.filter((name) => !sends.has(name))).toEqual([]);
}

function messageIn(route: string, value: unknown): Message | undefined {
  if (route === 'POST /groups/{groupId}/messages') return (value as { message: Message })?.message;
  return route === 'send_message' ? (value as { message: Message }[])?.[0]?.message : undefined;
}

/** The counts of every message are what its list shows, by the answers to the owner. */
async function checkCounts(
  world: RaceWorld,
  groupId: string,
  members: readonly MemberState[],
): Promise<void> {
  const owner = members.find(({ role, left }) => role === 'owner' && !left)?.userId as Person;
  for (const message of await historyOf(world, owner, groupId)) {
    if (message.lost) continue;
    const { seq, readCount, unreadCount, totalCount } = message;
    const [from, to] = [String(seq), String(seq)];
    const path = { groupId };
    const counted = await world.http(owner, 'GET /groups/{groupId}/receipts', {
      path,
      query: { from, to },
    });
    const listed = await world.http(owner, 'GET /groups/{groupId}/messages/{seq}/receipts', {
      path: { groupId, seq: from },
    });
    const [range] = (counted.value as { counts: CountRange[] }).counts;
    const list = listed.value as ReceiptPage;
    const readers = list.members.filter(({ readAt, isSender }) => readAt !== null || isSender);
    for (const one of [range, list])
      expect(one).toMatchObject({ readCount, unreadCount, totalCount });
    expect([seq, readCount]).toEqual([seq, readers.length]);
    expect([seq, totalCount]).toEqual([seq, list.members.length]);
    expect((readCount ?? 0) + (unreadCount ?? 0)).toBe(totalCount);
  }
}
