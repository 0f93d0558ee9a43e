import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { recall, removeMember } from '../../support/wire/group-acts.ts';
import { settle } from '../../support/wire/settle.ts';
import { User } from '../../support/wire/user.ts';

const coolDownMs = 5 * 60_000;

const remind = (user: User, { path }: Conversation, seq: number) =>
  user.call<{
    reminded?: number;
    reached?: number;
    error?: { code: string; retryAfterMs?: number };
  }>('POST', `${path}/messages/${seq}/remind`);

describe('a reminder', () => {
  it('[PU5] reaches exactly the members who have not read the message', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol', 'dave', 'e');
    const [alice, bob, carol, dave] = users;
    const mallory = await User.create('mallory');
    const { messageId } = await conversation.say(alice);
    await conversation.read(bob, 1);
    await carol.post(`${conversation.path}/delivered`, { upTo: 1 });
    await removeMember(alice, conversation, dave);
    const clients = await Promise.all(
      [alice, bob, carol, carol, dave, mallory].map((user) => user.connect()),
    );
    expect(await remind(alice, conversation, 1)).toEqual({
      status: 200,
      body: { reminded: 2, reached: 2 },
    });
    await settle(...clients);
    const { groupId } = conversation;
    const frame = { type: 'unread_reminder', groupId, messageId, seq: 1, fromUserId: alice.userId };
    const seen = clients.map((client) => client.received('unread_reminder'));
    expect(seen).toMatchObject([[], [], [frame], [frame], [], []]);
  });

  it('comes once in five minutes for a message, whoever asks; another message is not held up', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(bob);
    await conversation.say(alice);
    const client = await bob.connect();
    expect((await remind(bob, conversation, 1)).status).toBe(200);
    const { status, body } = await remind(alice, conversation, 1);
    expect([status, body.error?.code]).toEqual([429, 'RATE_LIMITED']);
    expect(body.error?.retryAfterMs).toBeGreaterThan(0);
    expect(body.error?.retryAfterMs).toBeLessThanOrEqual(coolDownMs);
    expect(await remind(alice, conversation, 2)).toEqual({
      status: 200,
      body: { reminded: 1, reached: 1 },
    });
    expect((await remind(alice, conversation, 2)).status).toBe(429);
    await settle(client);
    expect(client.received('unread_reminder').map(({ seq }) => seq)).toEqual([2]);
  });

  it('[SE9] is told to a reader once in five minutes for a group, and stands in its status until it is read', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 3);
    const client = await bob.connect();
    for (const seq of [1, 3]) expect((await remind(alice, conversation, seq)).status).toBe(200);
    await settle(client);
    expect(client.received('unread_reminder').map(({ seq }) => seq)).toEqual([1]);
    const { reminders } = await conversation.status(bob);
    expect(reminders).toMatchObject([1, 3].map((seq) => ({ seq, fromUserId: alice.userId })));
    await conversation.read(bob, 2);
    expect((await conversation.status(bob)).reminders).toMatchObject([{ seq: 3 }]);
    await conversation.read(bob, 3);
    expect(await conversation.status(bob)).not.toHaveProperty('reminders');
  });

  it('of what all have read reaches nobody; of what was recalled or never sent there is none', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 1);
    const client = await bob.connect();
    expect(await remind(alice, conversation, 1)).toEqual({
      status: 200,
      body: { reminded: 0, reached: 0 },
    });
    await recall(alice, conversation, 2);
    expect((await remind(alice, conversation, 2)).status).toBe(404);
    expect((await remind(alice, conversation, 3)).status).toBe(404);
    await settle(client);
    expect(client.received('unread_reminder')).toEqual([]);
  });
});
