import type { UnreadOverview } from '@seenby/protocol/http-answers.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';

describe('[UN1] unread counts', () => {
  it('are the messages not read, less own ones; the total is their sum', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const [first, second, third] = [
      await Conversation.start([alice, bob]),
      await Conversation.start([bob, alice]),
      await Conversation.start([alice, bob]),
    ];
    await first.sayMany(alice, 4);
    await first.say(bob);
    await second.sayMany(alice, 2);
    await second.read(bob, 2);
    await third.sayMany(bob, 2);
    const messageIds = [`${first.groupId}.2`, `${first.groupId}.4`];
    await bob.post('/me/read', { messageIds });

    const counts = async (user: User) => {
      const { totalUnreadCount, groups } = await user.get<UnreadOverview>('/me/unread');
      const found = [first, second, third].map(
        ({ groupId }) => groups.find((group) => group.groupId === groupId)?.unreadCount,
      );
      return [totalUnreadCount, ...found];
    };
    expect(await counts(bob)).toEqual([2, 2, 0, 0]);
    expect(await counts(alice)).toEqual([3, 1, 0, 2]);
  });

  it('[UN3] come with how many of those unread mention the member', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    await conversation.say(alice, { mentions: [bob.userId] });
    await conversation.say(alice, { mentions: [bob.userId, carol.userId] });
    await conversation.say(alice);
    expect(await conversation.status(bob)).toMatchObject({ unreadCount: 3, mentionCount: 2 });
    expect(await conversation.status(carol)).toMatchObject({ unreadCount: 3, mentionCount: 1 });
    await conversation.read(bob, 1);
    expect(await conversation.status(bob)).toMatchObject({ unreadCount: 2, mentionCount: 1 });
  });
});

describe('[UN2] one call', () => {
  it('lists a group with name, role, place and last message', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 2);
    const content = '👋'.repeat(150);
    const { messageId, createdAt } = await conversation.say(alice, { content });
    await conversation.read(bob, 1);
    expect(await conversation.status(bob)).toEqual({
      groupId: conversation.groupId,
      name: 'A group',
      role: 'member',
      tracking: 'receipts',
      visibility: 'members',
      stateVersion: expect.any(Number),
      lastSeq: 3,
      readSeq: 1,
      unreadCount: 2,
      mentionCount: 0,
      lastMessage: {
        messageId,
        seq: 3,
        senderId: alice.userId,
        messageType: 'text',
        createdAt,
        content: '👋'.repeat(100),
      },
    });
    expect((await conversation.status(alice)).role).toBe('owner');
  });

  it('answers a user without groups', async () => {
    const alice = await User.create('alice');
    expect(await alice.get('/me/unread')).toEqual({ totalUnreadCount: 0, groups: [] });
  });

  it('lists 200 groups, over HTTP and in the answer to hello', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const indexes = Array.from({ length: 200 }, (_, i) => i).values();
    const unreadCounts = new Map<string, number>();
    const worker = async () => {
      for (const i of indexes) {
        const conversation = await Conversation.start([alice, bob]);
        const count = i % 20 === 0 ? 1 : 0;
        await conversation.sayMany(alice, count);
        unreadCounts.set(conversation.groupId, count);
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));

    const { totalUnreadCount, groups } = await bob.get<UnreadOverview>('/me/unread');
    expect(totalUnreadCount).toBe(10);
    expect(new Map(groups.map((group) => [group.groupId, group.unreadCount]))).toEqual(
      unreadCounts,
    );
    const hello = await (await bob.open()).ask('connection_established', { type: 'hello' });
    expect(hello).toMatchObject({ totalUnreadCount, groups });
  });
});
