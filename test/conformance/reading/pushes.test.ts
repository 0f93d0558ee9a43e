import type { Receipt } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

const receiptsOf = (client: WireClient): Receipt[] =>
  client.received('read_status_update').flatMap(({ receipts = [] }) => receipts);

/** Everything that was on its way to a connection before has come once it has its pong. */
const settle = (...clients: WireClient[]) =>
  Promise.all(clients.map((client) => client.ask('pong', { type: 'ping' })));

describe('new_message', () => {
  it('goes to every connected member, the other devices of the sender included', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const clients = await Promise.all([
      bob.connect(),
      bob.subscribe(groupId),
      carol.connect(),
      alice.connect(),
    ]);
    const message = await conversation.say(alice);
    for (const client of clients) {
      const { timestamp: _time, ...frame } = await client.next('new_message');
      expect(frame).toEqual({ type: 'new_message', groupId, message });
    }
  });
});

describe('member_changed', () => {
  it('tells members of a new group that they are in it', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const client = await bob.connect();
    const { groupId } = await Conversation.start([alice, bob]);
    expect(await client.next('member_changed')).toMatchObject({
      groupId,
      userId: bob.userId,
      change: 'joined',
      role: 'member',
    });
  });

  it('[PU1] tells the other devices of who made the group', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const client = await alice.connect();
    const { groupId } = await Conversation.start([alice, bob]);
    const told = { groupId, userId: alice.userId, change: 'joined', role: 'owner' };
    expect(await client.next('member_changed')).toMatchObject(told);
  });
});

describe('receipts', () => {
  it('[PU2] reach the author at once on every connection, subscribed or not', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { groupId } = conversation;
    await conversation.sayMany(alice, 5);
    const devices = await Promise.all([alice.connect(), alice.connect(), alice.subscribe(groupId)]);
    await conversation.read(bob, 3);
    const { readAt } = await conversation.line(alice, 3, bob);
    const receipt = { userId: bob.userId, kind: 'read', fromSeq: 1, toSeq: 3, at: readAt };
    for (const device of devices) {
      const update = await device.next('read_status_update', ({ receipts }) => Boolean(receipts));
      expect(update).toMatchObject({ groupId, receipts: [receipt] });
    }
  });

  it('name only what was newly read, message by message of each author', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    for (const sender of [alice, bob, alice, carol, alice]) await conversation.say(sender);
    await carol.post('/me/read', { messageIds: [`${groupId}.3`] });
    const clients = await Promise.all([alice.connect(), bob.connect(), carol.connect()]);
    const [toAlice, toBob, toCarol] = clients;

    await conversation.read(carol, 5);
    await Promise.all([toAlice, toBob].map((client) => client.next('read_status_update')));
    await settle(...clients);
    const rangesOf = (client: WireClient) =>
      receiptsOf(client).map(({ userId, fromSeq, toSeq }) => [userId, fromSeq, toSeq]);
    expect(rangesOf(toAlice)).toEqual([
      [carol.userId, 1, 1],
      [carol.userId, 5, 5],
    ]);
    expect(rangesOf(toBob)).toEqual([[carol.userId, 2, 2]]);
    expect(rangesOf(toCarol)).toEqual([]);
  });

  it('[PU2] [RD8] of two groups marked in one request come from both, on both transports', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const other = await Conversation.start(users);
    const groupIds = [conversation.groupId, other.groupId];
    for (const each of [conversation, other]) await each.sayMany(alice, 2);
    const [author, reader, tablet] = await Promise.all([
      alice.connect(),
      bob.connect(),
      bob.connect(),
    ]);
    const toldOfBoth = async (seq: number) => {
      for (const groupId of groupIds) {
        await author.next(
          'read_status_update',
          ({ groupId: of, receipts }) => of === groupId && receipts?.at(-1)?.toSeq === seq,
        );
        await tablet.next('read_position', (f) => f.groupId === groupId && f.readSeq === seq);
      }
    };
    const messageIds = groupIds.map((groupId) => `${groupId}.1`);
    await reader.ask('mark_read_confirmed', { type: 'mark_read', messageIds });
    await toldOfBoth(1);
    await bob.post('/me/read', { positions: groupIds.map((groupId) => ({ groupId, upTo: 2 })) });
    await toldOfBoth(2);
  });

  it('of playing come too, and those of delivery do not', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { messageId } = await conversation.say(alice, { messageType: 'voice' });
    const [author, listener] = await Promise.all([alice.connect(), bob.connect()]);
    await bob.post(`${conversation.path}/delivered`, { upTo: 1 });
    await listener.ask('mark_played_confirmed', { type: 'mark_played', messageId });
    await author.next('read_status_update');
    await settle(author);
    expect(receiptsOf(author)).toMatchObject([{ kind: 'played', fromSeq: 1, toSeq: 1 }]);
  });
});

describe('[PU5] someone who is not a member', () => {
  it('gets nothing about a group, not even after asking to subscribe', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { groupId } = conversation;
    const outsider = await (await User.create('mallory')).connect();
    const [refusal] = await outsider.request({ type: 'subscribe_group', groupId });
    expect(refusal).toMatchObject({ type: 'subscription_error', code: 'NOT_FOUND' });
    const insider = await bob.subscribe(groupId);
    const writer = await alice.subscribe(groupId);

    await conversation.say(alice);
    writer.send({ type: 'typing', groupId });
    await conversation.read(bob, 1);
    await insider.next('new_message');
    await insider.next('typing_indicator');
    await insider.next('read_status_update', ({ counts }) => counts?.at(-1)?.readCount === 2);
    await settle(outsider);
    expect(outsider.frames.map(({ type }) => type)).toEqual([
      'connection_established',
      'subscription_error',
      'pong',
    ]);
  });
});

describe('[PU6] a connection that died without a word', () => {
  it('is forgotten with its subscriptions, and the one that replaced it is not', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { groupId } = conversation;
    const [author, dying] = await Promise.all([alice.subscribe(groupId), bob.subscribe(groupId)]);
    dying.vanish();
    await dying.closed;
    const replacement = await bob.connect();
    await conversation.say(alice);
    await replacement.next('new_message');
    await conversation.read(bob, 1);
    await author.next('read_status_update', ({ counts }) => counts?.at(-1)?.readCount === 2);
    await settle(replacement);
    // It has not subscribed itself, and what the dead one had open is not handed down.
    expect(replacement.received('read_status_update')).toEqual([]);

    await replacement.request({ type: 'subscribe_group', groupId });
    await conversation.say(alice);
    await replacement.next('new_message');
    await replacement.next('read_status_update', ({ counts }) => counts?.at(-1)?.toSeq === 2);
  });
});
