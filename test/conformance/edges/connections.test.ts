import type { UnreadOverview } from '@seenby/protocol/http-answers.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';

describe('a connection', () => {
  it('begins with connection_established in answer to hello', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 2);
    const client = await bob.open();
    const hello = await client.ask('connection_established', { type: 'hello' });

    expect(client.frames).toEqual([hello]);
    const { totalUnreadCount, groups } = await bob.get<UnreadOverview>('/me/unread');
    expect(hello).toEqual({
      type: 'connection_established',
      requestId: expect.any(String),
      timestamp: expect.any(Number),
      userId: bob.userId,
      connectionId: expect.any(String),
      epoch: expect.stringMatching(/^[\w-]{12}$/),
      totalUnreadCount,
      groups,
    });
    expect(totalUnreadCount).toBe(2);
  });

  it('answers ping, with the time in every frame', async () => {
    const client = await (await User.create('alice')).open();
    const startedAt = Date.now();
    const pong = await client.ask('pong', { type: 'ping' });
    expect(Math.abs(pong.timestamp - startedAt)).toBeLessThan(60_000);
    expect(pong).toEqual({
      type: 'pong',
      requestId: expect.any(String),
      timestamp: pong.timestamp,
    });
  });

  it('has every reply repeat its requestId, in whatever order the replies come', async () => {
    const client = await (await User.create('alice')).open();
    const requestIds = Array.from({ length: 20 }, (_, i) => `${i}`.padStart(64, '-'));
    for (const requestId of requestIds) client.send({ type: 'ping', requestId });
    const replies = await client.until('20 replies', () =>
      client.frames.length === requestIds.length ? client.frames : undefined,
    );
    expect(replies.map(({ requestId }) => requestId).sort()).toEqual(requestIds.sort());
  });

  it('has no requestId in replies to frames without one', async () => {
    const client = await (await User.create('alice')).open();
    client.send({ type: 'ping' });
    expect(await client.next('pong')).not.toHaveProperty('requestId');
    client.send({ type: 'nonsense' });
    expect(await client.next('error')).not.toHaveProperty('requestId');
  });

  it('survives an error, which repeats the requestId', async () => {
    const client = await (await User.create('alice')).open();
    const [error] = await client.request({ type: 'mark_everything' });
    expect(error).toMatchObject({ type: 'error', code: 'BAD_REQUEST', message: /./ });
    await client.ask('pong', { type: 'ping' });
  });

  it('is closed with 1003 for a binary message', async () => {
    const client = await (await User.create('alice')).open();
    client.send(Buffer.from('{"type":"ping"}'));
    expect(await client.closed).toBe(1003);
  });

  it('is closed with 1009 for a WebSocket frame over 32 KB', async () => {
    const client = await (await User.create('alice')).open();
    client.send({ type: 'ping', padding: 'x'.repeat(32 * 1024) });
    expect(await client.closed).toBe(1009);
  });

  it('is closed with 1009 for a message over 128 KB in small frames', async () => {
    const client = await (await User.create('alice')).open();
    client.sendInParts(`{"type":"ping","padding":"${'x'.repeat(128 * 1024)}"}`, 30_000);
    expect(await client.closed).toBe(1009);
  });

  it('takes a message of 100 KB in small frames as one', async () => {
    const client = await (await User.create('alice')).open();
    client.sendInParts(`{"type":"ping","padding":"${'x'.repeat(100 * 1024)}"}`, 30_000);
    expect(await client.next('error')).toMatchObject({ code: 'BAD_REQUEST' });
    await client.ask('pong', { type: 'ping' });
  });
});

describe('many devices of one user', () => {
  it('are told apart, all hear of a message, and one that leaves takes no other with it', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const devices = await Promise.all(Array.from({ length: 5 }, () => bob.open()));
    const hellos = await Promise.all(
      devices.map((device) => device.ask('connection_established', { type: 'hello' })),
    );
    expect(new Set(hellos.map(({ connectionId }) => connectionId)).size).toBe(5);

    const first = await conversation.say(alice);
    for (const device of devices) {
      expect((await device.next('new_message')).message).toEqual(first);
    }
    const [left, ...others] = devices;
    left?.close();
    await left?.closed;
    const second = await conversation.say(alice);
    for (const device of others) {
      expect((await device.next('new_message')).message).toEqual(second);
    }
  });
});

describe('subscriptions', () => {
  it('are confirmed group by group, with where the group stands', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const open = await Conversation.start([alice, bob]);
    const closed = await Conversation.start([alice]);
    await open.sayMany(alice, 3);
    await open.read(bob, 1);
    const client = await bob.connect();
    const groupIds = [open.groupId, closed.groupId];
    const replies = await client.request({ type: 'subscribe_group', groupIds }, 2);

    const { version } = await open.counts(bob, 1, 3);
    const place = { lastSeq: 3, readSeq: 1, unreadCount: 2, version };
    expect(replies).toContainEqual(
      expect.objectContaining({ type: 'subscription_confirmed', groupId: open.groupId, ...place }),
    );
    expect(replies).toContainEqual(
      expect.objectContaining({
        type: 'subscription_error',
        groupId: closed.groupId,
        code: 'NOT_FOUND',
      }),
    );
  });

  it('end with unsubscribe_group', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const [leaving, staying] = await Promise.all([
      bob.subscribe(conversation.groupId),
      carol.subscribe(conversation.groupId),
    ]);
    await conversation.say(alice);
    await leaving.next('read_status_update');
    const { groupId } = conversation;
    const confirmed = await leaving.ask('unsubscription_confirmed', {
      type: 'unsubscribe_group',
      groupId,
    });
    expect(confirmed.groupId).toBe(groupId);
    const seenBefore = leaving.received('read_status_update').length;

    await conversation.read(carol, 1);
    const isLatest = (count: number | undefined) => count === 2;
    await staying.next('read_status_update', ({ counts }) => isLatest(counts?.at(-1)?.readCount));
    await leaving.ask('pong', { type: 'ping' });
    expect(leaving.received('read_status_update')).toHaveLength(seenBefore);
  });

  it('let the others who have the group open know of typing, and nobody else', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const [writer, tablet, reader, elsewhere] = await Promise.all([
      alice.subscribe(groupId),
      alice.subscribe(groupId),
      bob.subscribe(groupId),
      carol.connect(),
    ]);
    writer.send({ type: 'typing', groupId });
    expect(await reader.next('typing_indicator')).toMatchObject({ groupId, userId: alice.userId });
    await Promise.all(
      [writer, tablet, elsewhere].map((client) => client.ask('pong', { type: 'ping' })),
    );
    expect(writer.received('typing_indicator')).toEqual([]);
    expect(tablet.received('typing_indicator')).toEqual([]);
    expect(elsewhere.received('typing_indicator')).toEqual([]);
  });
});
