import type { GroupStatus, Reminder } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { settle } from '../../support/wire/settle.ts';
import { syncOf } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';

const remind = (user: User, { path }: Conversation, seq: number, userIds?: unknown) =>
  user.call<{ reminded: number; reached: number }>(
    'POST',
    `${path}/messages/${seq}/remind`,
    userIds === undefined ? undefined : { userIds },
  );

/** By every answer that has them; `hello` may be behind for a moment, and then has none. */
async function remindersOf(user: User, conversation: Conversation) {
  const { groupId } = conversation;
  const client = await user.open();
  const hello = await client.ask('connection_established', { type: 'hello' });
  const asked = await client.ask('group_status', { type: 'get_status', groupIds: [groupId] });
  const synced = await syncOf(user);
  const ofGroup = (groups: readonly GroupStatus[]): readonly Reminder[] =>
    groups.find((group) => group.groupId === groupId)?.reminders ?? [];
  const { reminders = [] } = await conversation.status(user);
  const others = [ofGroup(asked.groups), ofGroup(synced.groups)];
  expect(others).toEqual([reminders, reminders]);
  expect([[], reminders]).toContainEqual(ofGroup(hello.groups));
  return reminders;
}

describe('a reminder for chosen members', () => {
  it('[PU5] reaches those of them who have not read, and shows to nobody else by any answer', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol', 'dave');
    const [alice, bob, carol, dave] = users;
    const mallory = await User.create('mallory');
    await conversation.say(alice);
    await conversation.read(bob, 1);
    const clients = await Promise.all(
      [alice, bob, carol, dave, mallory].map((user) => user.connect()),
    );
    const chosen = [bob, carol, alice, mallory, carol].map(({ userId }) => userId);
    expect(await remind(alice, conversation, 1, [...chosen, 'nobody'])).toEqual({
      status: 200,
      body: { reminded: 1, reached: 1 },
    });
    await settle(...clients);
    const seen = clients.map((client) => client.received('unread_reminder').length);
    expect(seen).toEqual([0, 0, 1, 0, 0]);
    const reminders = await Promise.all(
      [alice, bob, carol, dave].map((user) => remindersOf(user, conversation)),
    );
    const one = { seq: 1, fromUserId: alice.userId, at: expect.any(Number) };
    expect(reminders).toEqual([[], [], [one], []]);
  });

  it('is for members who were not told of it; those who were are told of none a moment later', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    await conversation.sayMany(alice, 2);
    const clients = await Promise.all([bob, carol].map((user) => user.connect()));
    await remind(alice, conversation, 1, [bob.userId]);
    expect((await remind(alice, conversation, 1, [carol.userId])).status).toBe(429);
    const { body } = await remind(alice, conversation, 2);
    expect(body).toEqual({ reminded: 2, reached: 1 });
    await settle(...clients);
    const seen = clients.map((client) => client.received('unread_reminder').map(({ seq }) => seq));
    expect(seen).toEqual([[1], [2]]);
    expect(await remindersOf(bob, conversation)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect(await remindersOf(carol, conversation)).toMatchObject([{ seq: 2 }]);
  });

  it('of nobody is none, and holds up no other one', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(alice);
    const none = { status: 200, body: { reminded: 0, reached: 0 } };
    expect(await remind(alice, conversation, 1, ['nobody'])).toEqual(none);
    expect(await remind(alice, conversation, 1, [alice.userId])).toEqual(none);
    expect((await remind(alice, conversation, 1, [bob.userId])).body.reminded).toBe(1);
  });

  it('takes 1 to 500 of them', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(alice);
    const many = (count: number) => Array.from({ length: count }, (_, i) => `user-${i}`);
    const statuses: number[] = [];
    for (const userIds of [[], 'bob', ['not an id'], [1], many(501)]) {
      statuses.push((await remind(alice, conversation, 1, userIds)).status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 413]);
    const { body } = await remind(alice, conversation, 1, [...many(499), bob.userId]);
    expect(body).toMatchObject({ reminded: 1 });
  });
});
