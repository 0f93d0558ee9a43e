import { dayMs } from '@seenby/core/day.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { AnswerOf, GroupStatistics, Statistics } from '@seenby/protocol/http-answers.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, recall, removeMember } from '../../support/wire/group-acts.ts';
import { User } from '../../support/wire/user.ts';

const average = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round(values.reduce((a, b) => a + b, 0) / values.length);

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return average(middle);
}

/** The reading of a message by each of its audience but its sender, from its list. */
async function readingsOf(conversation: Conversation, viewer: User, message: Message) {
  const { members } = await conversation.list(viewer, message.seq);
  return members
    .filter(({ isSender }) => !isSender)
    .map(({ userId, readAt }) => ({
      userId,
      delayMs: readAt === null ? undefined : Math.max(0, readAt - message.createdAt),
    }));
}

/** Statistics counted by hand from the lists of all messages. */
async function countByHand(conversation: Conversation, viewer: User): Promise<Statistics> {
  const { messages } = await conversation.history(viewer);
  const counted = messages.filter(({ recalled }) => !recalled);
  const readings = await Promise.all(counted.map((m) => readingsOf(conversation, viewer, m)));
  const all = readings.flat();
  const reads = all.filter(({ delayMs }) => delayMs !== undefined);
  const delays = reads.map(({ delayMs }) => delayMs ?? 0);
  return {
    messages: counted.length,
    readRate: all.length === 0 ? 0 : reads.length / all.length,
    averageReadDelayMs: average(delays),
    medianReadDelayMs: median(delays),
    activeReaders: new Set(reads.map(({ userId }) => userId)).size,
  };
}

/** The days together; the test may run over midnight. */
const sumOfDays = ({ perDay }: GroupStatistics): number =>
  perDay.reduce((sum, { messages }) => sum + messages, 0);

describe("[ST1] a group's statistics", () => {
  it('of today are what its lists say, as they stand', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol', 'dave');
    const [alice, bob, carol, dave] = users;
    const statistics = () => alice.get<GroupStatistics>(`${conversation.path}/stats`);
    const expectExact = async () => {
      const { perDay: _days, ...whole } = await statistics();
      expect(whole).toEqual(await countByHand(conversation, alice));
    };
    await expectExact();
    await conversation.sayMany(alice, 3);
    await expectExact();
    await conversation.read(bob, 2);
    await conversation.say(bob);
    await conversation.read(carol, 4);
    await expectExact();
    await bob.post(`${conversation.path}/delivered`, { upTo: 3 });
    await recall(alice, conversation, 1);
    await expectExact();
    await removeMember(dave, conversation, dave);
    await removeMember(carol, conversation, carol);
    await addMembers(alice, conversation, [await User.create('erin')]);
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 6);
    await expectExact();

    const answer = await statistics();
    expect(answer.perDay).toHaveLength(7);
    expect(answer.perDay.at(-1)?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(sumOfDays(answer)).toBe(answer.messages);
    expect(answer.messages).toBe(5);
  });

  it('are of the span asked for', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const messages = await conversation.sayMany(alice, 4);
    await conversation.read(bob, 4);
    const [, second, third] = messages as [Message, Message, Message];
    const within = (from: number, to: number) =>
      messages.filter(({ createdAt }) => createdAt >= from && createdAt <= to).length;
    const ask = (from: number, to: number) =>
      alice.get<GroupStatistics>(`${conversation.path}/stats?from=${from}&to=${to}`);
    const [from, to] = [second.createdAt, third.createdAt];
    expect(await ask(from, to)).toMatchObject({ messages: within(from, to), readRate: 1 });
    expect(await ask(from, from)).toMatchObject({ messages: within(from, from) });
    for (const query of [`from=${to + 1}&to=${to}`, `from=${to - 40 * dayMs}&to=${to}`]) {
      const { status } = await alice.call('GET', `${conversation.path}/stats?${query}`);
      expect([query, status]).toEqual([query, 400]);
    }
  });

  it('in a group without messages are nothing', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    expect(await users[0].get(`${conversation.path}/stats`)).toMatchObject({
      ...{ messages: 0, readRate: 0, averageReadDelayMs: null, medianReadDelayMs: null },
      activeReaders: 0,
    });
  });
});

describe("[ST1] members' statistics", () => {
  type Members = AnswerOf<'GET /groups/{groupId}/stats/members'>;

  it('are what the lists of a group say of each, for its owner and admins', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const path = `${conversation.path}/stats/members`;
    await conversation.sayMany(alice, 3);
    await conversation.read(bob, 2);
    await conversation.say(bob);
    await conversation.read(carol, 1);
    const { messages } = await conversation.history(alice);
    const readings = await Promise.all(messages.map((m) => readingsOf(conversation, alice, m)));
    const byHand = users.map(({ userId }) => {
      const own = readings.flat().filter((reading) => reading.userId === userId);
      const delays = own.flatMap(({ delayMs }) => delayMs ?? []);
      return {
        ...{ userId, messages: own.length, read: delays.length },
        readRate: delays.length / own.length,
        averageReadDelayMs: average(delays),
      };
    });
    const { members, next } = await alice.get<Members>(path);
    expect(next).toBe(null);
    expect(members).toMatchObject(byHand.sort((a, b) => (a.userId < b.userId ? -1 : 1)));
    const line = await conversation.line(alice, 1, carol);
    expect(members.find(({ userId }) => userId === carol.userId)?.lastReadAt).toBe(line.readAt);

    const first = await alice.get<Members>(`${path}?limit=1`);
    const rest = await alice.get<Members>(`${path}?limit=2&cursor=${first.next}`);
    expect([...first.members, ...rest.members]).toEqual(members);
    expect((await bob.call('GET', path)).body.error.code).toBe('FORBIDDEN');
    expect((await alice.call('GET', `${path}?from=2&to=1`)).status).toBe(400);
  });
});

describe("[ST1] a user's statistics", () => {
  it('are what the lists of all their groups say of the messages of others', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const nothing = { totalMessages: 0, readMessages: 0, unreadMessages: 0 };
    expect(await bob.get('/me/stats')).toEqual({ ...nothing, averageReadDelayMs: null });
    const groups = [
      await Conversation.start([alice, bob]),
      await Conversation.start([bob, alice]),
      await Conversation.start([alice, bob], { tracking: 'positions' }),
    ] as const;
    for (const group of groups) {
      await group.sayMany(alice, 3);
      await group.say(bob);
    }
    await groups[0].read(bob, 2);
    await groups[1].read(bob, 4);
    const shown = groups.slice(0, 2).map(async (group) => {
      const { messages } = await group.history(bob);
      return (await Promise.all(messages.map((m) => readingsOf(group, bob, m)))).flat();
    });
    const own = (await Promise.all(shown)).flat().filter(({ userId }) => userId === bob.userId);
    const delays = own.flatMap(({ delayMs }) => delayMs ?? []);
    expect(delays).toHaveLength(5);
    expect(await bob.get('/me/stats')).toEqual({
      totalMessages: 9,
      readMessages: 5,
      unreadMessages: 4,
      averageReadDelayMs: average(delays),
    });
  });
});
