import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { expectAgreement } from '../../support/wire/observation.ts';
import { settle } from '../../support/wire/settle.ts';
import type { Frame } from '../../support/wire/wire-client.ts';

/** A group with so many voice messages of alice. */
async function aliceSpoke(count: number) {
  const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
  while (count-- > 0) await conversation.say(users[0], { messageType: 'voice' });
  const { groupId, path } = conversation;
  const play = async (client: Awaited<ReturnType<(typeof users)[0]['connect']>>, seq: number) =>
    client.ask('mark_played_confirmed', { type: 'mark_played', messageId: `${groupId}.${seq}` });
  return { conversation, users, groupId, path, play };
}

describe('[RD4] mark_delivered', () => {
  it('goes by position and by ids in any order, and joins when the gap closes', async () => {
    const { conversation, users, groupId } = await aliceSpoke(6);
    const [, bob] = users;
    const client = await bob.connect();
    const mark = (target: object) =>
      client.ask('mark_delivered_confirmed', { type: 'mark_delivered', ...target });
    const ids = (...seqs: number[]) => ({ messageIds: seqs.map((seq) => `${groupId}.${seq}`) });
    expect(await mark({ groupId, upTo: 2 })).toMatchObject({ deliveredSeq: 2, changed: true });
    expect(await mark(ids(6, 4))).toMatchObject({ groupId, deliveredSeq: 2, changed: true });
    expect(await mark({ messageId: `${groupId}.3` })).toMatchObject({ deliveredSeq: 4 });
    expect(await mark(ids(3, 1))).toMatchObject({ deliveredSeq: 4, changed: false });
    expect(await mark(ids(5))).toMatchObject({ deliveredSeq: 6, changed: true });
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 0, unreadCount: 6 });
  });

  it('goes by ids of several groups at once, with a reply for each', async () => {
    const { conversation, users, groupId } = await aliceSpoke(2);
    const [alice, bob] = users;
    const other = await Conversation.start([alice, bob]);
    await other.say(alice);
    const client = await bob.connect();
    const messageIds = [`${groupId}.2`, `${other.groupId}.1`];
    const replies = await client.request({ type: 'mark_delivered', messageIds }, 2);
    const expected = [
      { type: 'mark_delivered_confirmed', groupId, deliveredSeq: 0, changed: true },
      { type: 'mark_delivered_confirmed', groupId: other.groupId, deliveredSeq: 1, changed: true },
    ];
    expect(replies).toHaveLength(2);
    for (const reply of expected) expect(replies).toContainEqual(expect.objectContaining(reply));
    expect((await expectAgreement(conversation)).get(2)).toMatchObject({ deliveredCount: 2 });
  });

  it("is counted for everyone who has the group open, and moves nobody's badge", async () => {
    const { users, groupId, path } = await aliceSpoke(2);
    const [alice, bob, carol] = users;
    const [screen, device] = await Promise.all([carol.subscribe(groupId), bob.connect()]);
    const author = await alice.connect();
    await bob.post(`${path}/delivered`, { upTo: 2 });
    const isTold = ({ counts = [] }: Frame<'read_status_update'>) =>
      counts.some(({ toSeq, deliveredCount }) => toSeq === 2 && deliveredCount === 2);
    const { counts } = await screen.next('read_status_update', isTold);
    expect(counts?.at(-1)).toMatchObject({ readCount: 1, unreadCount: 2, totalCount: 3 });
    await settle(device, author);
    expect(device.received('read_position')).toEqual([]);
    expect(author.received('read_status_update')).toEqual([]);
  });
});

describe('[RD9] mark_played', () => {
  it('counts as read and delivered for everybody, and moves the badge', async () => {
    const { conversation, users, play } = await aliceSpoke(2);
    const [, bob] = users;
    const [client, device] = await Promise.all([bob.connect(), bob.connect()]);
    expect(await play(client, 1)).toMatchObject({ changed: true });
    expect(await device.next('read_position')).toMatchObject({ readSeq: 1, unreadCount: 1 });
    const counted = await expectAgreement(conversation);
    expect(counted.get(1)).toMatchObject({ readCount: 2, deliveredCount: 2 });
    expect(counted.get(2)).toMatchObject({ readCount: 1, deliveredCount: 1 });
  });

  it('adds a receipt to what is read already, and is nothing once played', async () => {
    const { conversation, users, play } = await aliceSpoke(1);
    const [alice, bob] = users;
    await conversation.read(bob, 1);
    const { playedAt: _none, ...read } = await conversation.line(alice, 1, bob);
    expect(_none).toBeUndefined();
    const client = await bob.connect();
    const author = await alice.connect();
    expect(await play(client, 1)).toMatchObject({ changed: true });
    const { receipts } = await author.next('read_status_update');
    const played = { userId: bob.userId, kind: 'played', fromSeq: 1, toSeq: 1 };
    expect(receipts).toEqual([{ ...played, at: expect.any(Number) }]);
    const line = await conversation.line(alice, 1, bob);
    expect(line).toEqual({ ...read, playedAt: receipts?.[0]?.at });
    expect(await play(client, 1)).toMatchObject({ changed: false });
    expect(await conversation.line(alice, 1, bob)).toEqual(line);
  });
});

describe('[CT4] times', () => {
  it('are those of each step, in a list at once and for good', async () => {
    const { conversation, users, groupId, path, play } = await aliceSpoke(2);
    const [alice, bob, carol] = users;
    const [author, client] = await Promise.all([alice.connect(), bob.connect()]);
    await bob.post(`${path}/delivered`, { upTo: 1 });
    const { deliveredAt } = await conversation.line(carol, 1, bob);
    await conversation.read(bob, 1);
    const readAt = (await author.next('read_status_update')).receipts?.[0]?.at ?? 0;
    await play(client, 1);
    const playedAt = (await author.next('read_status_update')).receipts?.[0]?.at ?? 0;

    const line = { userId: bob.userId, deliveredAt, readAt, playedAt };
    expect(await conversation.line(carol, 1, bob)).toEqual(line);
    expect(deliveredAt).toBeLessThanOrEqual(readAt);
    expect(readAt).toBeLessThanOrEqual(playedAt);
    await conversation.read(bob, 2);
    await client.ask('mark_delivered_confirmed', { type: 'mark_delivered', groupId, upTo: 2 });
    expect(await conversation.line(carol, 1, bob)).toEqual(line);
    const untouched = { userId: carol.userId, deliveredAt: null, readAt: null };
    expect(await conversation.line(alice, 1, carol)).toEqual(untouched);
  });
});
