import { describe, expect, it } from 'vitest';
import { groupWithMessages, pick } from '../../support/fixtures/group-with-messages.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';

describe('[RD1] marking read', () => {
  it('goes by position', async () => {
    const { conversation, users, groupId } = await groupWithMessages(5);
    const [, bob] = users;
    const client = await bob.connect();
    const mark = (upTo: number) =>
      client.ask('mark_read_confirmed', { type: 'mark_read', groupId, upTo });
    expect(await mark(3)).toMatchObject({ groupId, readSeq: 3, unreadCount: 2, changed: true });
    expect(await conversation.read(bob, 5)).toMatchObject({
      groupId,
      readSeq: 5,
      unreadCount: 0,
      changed: true,
    });
  });

  it('goes by message ids in any order; those above the position join it once the gap closes', async () => {
    const { conversation, users, messageIds, groupId } = await groupWithMessages(7);
    const [, bob] = users;
    const client = await bob.connect();
    const mark = (...seqs: number[]) =>
      client.ask('mark_read_confirmed', {
        type: 'mark_read',
        messageIds: pick(messageIds, ...seqs),
      });
    expect(await mark(6, 3, 5)).toMatchObject({ groupId, readSeq: 0, unreadCount: 4 });
    expect(await mark(1)).toMatchObject({ readSeq: 1, unreadCount: 3 });
    expect(await mark(2, 3)).toMatchObject({ readSeq: 3, unreadCount: 2 });
    expect(await mark(4)).toMatchObject({ readSeq: 6, unreadCount: 1, changed: true });
    const body = { messageIds: pick(messageIds, 7, 7) };
    expect(await bob.post(`${conversation.path}/read`, body)).toMatchObject({
      groupId,
      readSeq: 7,
      unreadCount: 0,
      changed: true,
    });
  });

  it('with `confirm` false has no reply where it succeeds, and an error where it does not', async () => {
    const { conversation, users, groupId } = await groupWithMessages(3);
    const [, bob] = users;
    const client = await bob.connect();
    const unconfirmed = { confirm: false, requestId: 'quiet' };
    client.send({ type: 'mark_delivered', groupId, upTo: 3, ...unconfirmed });
    client.send({ type: 'mark_read', groupId, upTo: 2, ...unconfirmed });
    await expect.poll(async () => (await conversation.status(bob)).readSeq).toBe(2);
    const refused = { type: 'mark_read', groupId, upTo: 4, ...unconfirmed } as const;
    expect(await client.reply(refused)).toMatchObject({ type: 'error', code: 'BAD_REQUEST' });
    const confirmed = { type: 'mark_read', groupId, upTo: 3, confirm: true } as const;
    await client.ask('mark_read_confirmed', confirmed);
    expect(client.received('mark_delivered_confirmed')).toEqual([]);
    expect(client.received('mark_read_confirmed')).toHaveLength(1);
  });

  it('goes by ranges in any order, which may overlap', async () => {
    const { conversation, users, groupId } = await groupWithMessages(9);
    const [, bob] = users;
    const client = await bob.connect();
    const mark = { type: 'mark_read', groupId } as const;
    const apart = [
      { fromSeq: 7, toSeq: 8 },
      { fromSeq: 2, toSeq: 4 },
      { fromSeq: 3, toSeq: 5 },
    ];
    const first = await client.ask('mark_read_confirmed', { ...mark, ranges: apart });
    expect(first).toMatchObject({ groupId, readSeq: 0, unreadCount: 3, changed: true });
    const body = { ranges: [{ fromSeq: 1, toSeq: 1 }] };
    expect(await bob.post(`${conversation.path}/read`, body)).toMatchObject({
      ...{ groupId, readSeq: 5, unreadCount: 2, changed: true },
    });
    const delivered = { type: 'mark_delivered', groupId, ranges: [{ fromSeq: 6, toSeq: 9 }] };
    expect(await client.ask('mark_delivered_confirmed', delivered)).toMatchObject({
      ...{ groupId, deliveredSeq: 9, changed: true },
    });
  });

  it('goes by one message id', async () => {
    const { users, messageIds, groupId } = await groupWithMessages(2);
    const client = await users[1].connect();
    const [messageId] = messageIds;
    expect(await client.ask('mark_read_confirmed', { type: 'mark_read', messageId })).toMatchObject(
      { groupId, readSeq: 1, unreadCount: 1, changed: true },
    );
  });

  it('goes by message ids of several groups at once, with a reply for each', async () => {
    const here = await groupWithMessages(3);
    const [, bob] = here.users;
    const other = await Conversation.start([bob, here.users[0]]);
    const mine = await other.say(here.users[0]);
    const client = await bob.connect();
    const messageIds = [...pick(here.messageIds, 2, 1), mine.messageId];
    const replies = await client.request({ type: 'mark_read', messageIds }, 2);
    expect(replies).toHaveLength(2);
    const confirmed = { type: 'mark_read_confirmed', changed: true };
    expect(replies).toContainEqual(
      expect.objectContaining({ ...confirmed, groupId: here.groupId, readSeq: 2, unreadCount: 1 }),
    );
    expect(replies).toContainEqual(
      expect.objectContaining({ ...confirmed, groupId: other.groupId, readSeq: 1, unreadCount: 0 }),
    );

    const all = [...here.messageIds, mine.messageId];
    const answer = await bob.post<{ groups: object[] }>('/me/read', { messageIds: all });
    expect(answer.groups).toHaveLength(2);
    expect(answer.groups).toContainEqual(
      expect.objectContaining({ groupId: here.groupId, readSeq: 3, unreadCount: 0, changed: true }),
    );
    expect(answer.groups).toContainEqual(
      expect.objectContaining({
        groupId: other.groupId,
        readSeq: 1,
        unreadCount: 0,
        changed: false,
      }),
    );
  });

  it('[RD12] of several groups marks those it may, and says which others refuse', async () => {
    const [here, there] = await Promise.all([groupWithMessages(3), groupWithMessages(1)]);
    const [, bob] = here.users;
    const client = await bob.connect();
    const mixed = (seq: number) => [...there.messageIds, `${here.groupId}.${seq}`];
    const answer = await bob.post<{ groups: object[] }>('/me/read', { messageIds: mixed(1) });
    const refused = { code: 'NOT_FOUND', message: expect.any(String) };
    expect(answer.groups).toEqual([
      { groupId: there.groupId, error: refused },
      expect.objectContaining({ groupId: here.groupId, readSeq: 1, changed: true }),
    ]);
    client.send({ type: 'mark_read', messageIds: mixed(2) });
    const { groupId } = here;
    expect(await client.next('error')).toMatchObject({ groupId: there.groupId, ...refused });
    expect(await client.next('mark_read_confirmed')).toMatchObject({ groupId, readSeq: 2 });
    const beyond = { positions: [{ groupId: here.groupId, upTo: 9 }] };
    expect(await bob.post('/me/read', beyond)).toMatchObject({
      groups: [{ groupId: here.groupId, error: { code: 'BAD_REQUEST' } }],
    });
  });

  it('goes by positions of several groups over HTTP', async () => {
    const { conversation, users } = await groupWithMessages(3);
    const [alice, bob] = users;
    const other = await Conversation.start([bob, alice]);
    await other.sayMany(alice, 2);
    const positions = [
      { groupId: conversation.groupId, upTo: 2 },
      { groupId: other.groupId, upTo: 2 },
    ];
    const answer = await bob.post<{ groups: object[] }>('/me/read', { positions });
    expect(answer.groups).toHaveLength(2);
    expect(answer.groups).toMatchObject([
      { groupId: conversation.groupId, readSeq: 2, unreadCount: 1, changed: true },
      { groupId: other.groupId, readSeq: 2, unreadCount: 0, changed: true },
    ]);
  });
});

describe('[RD2] marking again, or below the position', () => {
  it('succeeds with changed=false, and leaves counts, version, times and badges alone', async () => {
    const { conversation, users, messageIds, groupId } = await groupWithMessages(4);
    const [, bob] = users;
    await conversation.read(bob, 3);
    const before = await observe(conversation);
    const client = await bob.connect();

    const unchanged = { groupId, readSeq: 3, unreadCount: 1, changed: false };
    expect(await conversation.read(bob, 3)).toMatchObject(unchanged);
    expect(await conversation.read(bob, 1)).toMatchObject(unchanged);
    const frame = { type: 'mark_read', messageIds: pick(messageIds, 2, 1) };
    expect(await client.ask('mark_read_confirmed', frame)).toMatchObject(unchanged);
    const delivered = { type: 'mark_delivered', groupId, upTo: 3 };
    expect(await client.ask('mark_delivered_confirmed', delivered)).toMatchObject({
      groupId,
      deliveredSeq: 3,
      changed: false,
    });
    expect(await observe(conversation)).toEqual(before);
  });

  it('pushes nothing to anybody', async () => {
    const { conversation, users, groupId } = await groupWithMessages(3);
    const [alice, bob] = users;
    const [author, device] = await Promise.all([alice.subscribe(groupId), bob.connect()]);
    await conversation.read(bob, 2);
    await conversation.read(bob, 2);
    await conversation.read(bob, 1);
    await conversation.read(bob, 3);
    await author.next('read_status_update', ({ receipts }) => receipts?.[0]?.toSeq === 3);
    await author.next('read_status_update', ({ counts }) => counts?.at(-1)?.readCount === 2);
    await device.next('read_position', ({ readSeq }) => readSeq === 3);
    expect(device.received('read_position').map(({ readSeq }) => readSeq)).toEqual([2, 3]);
    const told = author.received('read_status_update').flatMap(({ receipts = [] }) => receipts);
    expect(told.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });
});
