import { describe, expect, it } from 'vitest';
import { Conversation } from './conversation.ts';
import { observe } from './observation.ts';
import type { User } from './user.ts';

/** A group with so many messages of alice. */
async function aliceWrote(count: number) {
  const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
  const messages = await conversation.sayMany(users[0], count);
  const messageIds = messages.map(({ messageId }) => messageId);
  return { conversation, users, messages, messageIds, groupId: conversation.groupId };
}

const pick = (ids: readonly string[], ...seqs: number[]): string[] =>
  seqs.map((seq) => ids[seq - 1] as string);

describe('[RD1] marking read', () => {
  it('goes by position', async () => {
    const { conversation, users, groupId } = await aliceWrote(5);
    const [, bob] = users;
    const client = await bob.connect();
    const mark = (upTo: number) =>
      client.ask('mark_read_confirmed', { type: 'mark_read', groupId, upTo });
    expect(await mark(3)).toMatchObject({ groupId, readSeq: 3, unreadCount: 2, changed: true });
    expect(await conversation.read(bob, 5)).toEqual({
      groupId,
      readSeq: 5,
      unreadCount: 0,
      changed: true,
    });
  });

  it('goes by message ids in any order; those above the position join it once the gap closes', async () => {
    const { conversation, users, messageIds, groupId } = await aliceWrote(7);
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
    expect(await bob.post(`${conversation.path}/read`, body)).toEqual({
      groupId,
      readSeq: 7,
      unreadCount: 0,
      changed: true,
    });
  });

  it('goes by one message id', async () => {
    const { users, messageIds, groupId } = await aliceWrote(2);
    const client = await users[1].connect();
    const [messageId] = messageIds;
    expect(await client.ask('mark_read_confirmed', { type: 'mark_read', messageId })).toMatchObject(
      { groupId, readSeq: 1, unreadCount: 1, changed: true },
    );
  });

  it('goes by message ids of several groups at once, with a reply for each', async () => {
    const [here, there] = await Promise.all([aliceWrote(3), aliceWrote(2)]);
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
    expect(answer.groups).toContainEqual({
      groupId: here.groupId,
      readSeq: 3,
      unreadCount: 0,
      changed: true,
    });
    expect(answer.groups).toContainEqual({
      groupId: other.groupId,
      readSeq: 1,
      unreadCount: 0,
      changed: false,
    });
    // A group of others among them, and nothing is marked anywhere.
    await here.conversation.say(here.users[0]);
    const before = await observe(here.conversation);
    const mixed = { messageIds: [`${here.groupId}.4`, ...there.messageIds] };
    expect((await bob.call('POST', '/me/read', mixed)).status).toBe(404);
    expect(await observe(here.conversation)).toEqual(before);
  });

  it('goes by positions of several groups over HTTP', async () => {
    const { conversation, users } = await aliceWrote(3);
    const [alice, bob] = users;
    const other = await Conversation.start([bob, alice]);
    await other.sayMany(alice, 2);
    const positions = [
      { groupId: conversation.groupId, upTo: 2 },
      { groupId: other.groupId, upTo: 2 },
    ];
    const answer = await bob.post<{ groups: object[] }>('/me/read', { positions });
    expect(answer.groups).toHaveLength(2);
    expect(answer.groups).toContainEqual({
      groupId: conversation.groupId,
      readSeq: 2,
      unreadCount: 1,
      changed: true,
    });
    expect(answer.groups).toContainEqual({
      groupId: other.groupId,
      readSeq: 2,
      unreadCount: 0,
      changed: true,
    });
  });
});

describe('[RD2] marking again, or below the position', () => {
  it('succeeds with changed=false, and leaves counts, version, times and badges alone', async () => {
    const { conversation, users, messageIds, groupId } = await aliceWrote(4);
    const [, bob] = users;
    await conversation.read(bob, 3);
    const before = await observe(conversation);
    const client = await bob.connect();

    const unchanged = { groupId, readSeq: 3, unreadCount: 1, changed: false };
    expect(await conversation.read(bob, 3)).toEqual(unchanged);
    expect(await conversation.read(bob, 1)).toEqual(unchanged);
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
    const { conversation, users, groupId } = await aliceWrote(3);
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

describe('[RD3] the earliest time stays', () => {
  it('when more is read, in whatever order', async () => {
    const { conversation, users, messageIds } = await aliceWrote(3);
    const [alice, bob] = users;
    await bob.post(`${conversation.path}/read`, { messageIds: pick(messageIds, 2) });
    const first = await conversation.line(alice, 2, bob);
    await conversation.read(bob, 3);
    expect(await conversation.line(alice, 2, bob)).toEqual(first);
    const [one, three] = await Promise.all([1, 3].map((seq) => conversation.line(alice, seq, bob)));
    expect(one?.readAt).toBeGreaterThanOrEqual(first.readAt ?? Infinity);
    expect(three?.readAt).toBe(one?.readAt);
  });

  it('for every one of many reads', async () => {
    const { conversation, users, groupId } = await aliceWrote(12);
    const [alice, bob] = users;
    const author = await alice.connect();
    const readAt: number[] = [];
    for (let upTo = 1; upTo <= 12; upTo++) {
      await conversation.read(bob, upTo);
      const { receipts } = await author.next('read_status_update', (update) =>
        Boolean(update.receipts?.some(({ toSeq }) => toSeq === upTo)),
      );
      readAt.push(receipts?.[0]?.at ?? 0);
    }
    const shown = async () => {
      const seqs = readAt.map((_, i) => i + 1);
      const lines = await Promise.all(seqs.map((seq) => conversation.line(alice, seq, bob)));
      return lines.map((line) => line.readAt);
    };
    expect(groupId).toBe(conversation.groupId);
    // The older ones come from the history, which is written a moment later.
    await expect.poll(shown, { timeout: 5000 }).toEqual(readAt);
  });

  it('of delivery, when the message is read later', async () => {
    const { conversation, users } = await aliceWrote(1);
    const [alice, bob] = users;
    await bob.post(`${conversation.path}/delivered`, { upTo: 1 });
    const { deliveredAt, readAt } = await conversation.line(alice, 1, bob);
    expect(readAt).toBeNull();
    await conversation.read(bob, 1);
    const line = await conversation.line(alice, 1, bob);
    expect(line.deliveredAt).toBe(deliveredAt);
    expect(line.readAt).toBeGreaterThanOrEqual(deliveredAt ?? Infinity);
  });
});

describe('[RD4] delivered', () => {
  it('is implied by read', async () => {
    const { conversation, users, groupId } = await aliceWrote(3);
    const [alice, bob] = users;
    await conversation.read(bob, 2);
    const { readAt, deliveredAt } = await conversation.line(alice, 2, bob);
    expect(deliveredAt).toBe(readAt);
    const body = { upTo: 1 };
    expect(await bob.post(`${conversation.path}/delivered`, body)).toEqual({
      groupId,
      deliveredSeq: 2,
      changed: false,
    });
  });

  it.each(['read', 'delivered'])('and read never pass the last message: %s', async (what) => {
    const { conversation, users, groupId } = await aliceWrote(2);
    const [, bob] = users;
    const client = await bob.connect();
    const before = await observe(conversation);
    const beyond = [{ upTo: 3 }, { messageIds: [`${groupId}.1`, `${groupId}.3`] }];
    for (const body of beyond) {
      const answer = await bob.call('POST', `${conversation.path}/${what}`, body);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'BAD_REQUEST']);
      const target = 'upTo' in body ? { groupId, ...body } : body;
      const replies = await client.request({ type: `mark_${what}`, ...target });
      expect(replies).toMatchObject([{ type: 'error', code: 'BAD_REQUEST' }]);
    }
    expect(await observe(conversation)).toEqual(before);
  });
});

describe('[RD5] the sender', () => {
  it('has read the message from the start', async () => {
    const { conversation, users, messages } = await aliceWrote(2);
    const [alice, bob] = users;
    expect(await conversation.status(alice)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    const createdAt = messages[1]?.createdAt;
    expect(await conversation.line(bob, 2, alice)).toMatchObject({
      isSender: true,
      readAt: createdAt,
      deliveredAt: createdAt,
    });
    const { counts } = await conversation.counts(bob, 1, 2);
    expect(counts).toEqual([
      { fromSeq: 1, toSeq: 2, readCount: 1, deliveredCount: 1, unreadCount: 2, totalCount: 3 },
    ]);
  });

  it('has not read what others wrote before', async () => {
    const { conversation, users } = await aliceWrote(2);
    const [, bob] = users;
    await conversation.say(bob);
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 0, unreadCount: 2 });
    expect(await conversation.read(bob, 2)).toMatchObject({ readSeq: 3, unreadCount: 0 });
  });
});

describe('[RD6] mark_read_confirmed', () => {
  it('is durable: counts, lists, history and badges of everyone reflect it at once', async () => {
    const { conversation, users, groupId } = await aliceWrote(6);
    const [alice, bob, carol] = users;
    const client = await bob.connect();
    for (let upTo = 1; upTo <= 6; upTo++) {
      await client.ask('mark_read_confirmed', { type: 'mark_read', groupId, upTo });
      const [counts, list, history, status] = await Promise.all([
        conversation.counts(carol, upTo, upTo),
        conversation.list(alice, upTo),
        conversation.history(carol, `after=${upTo - 1}&limit=1`),
        conversation.status(bob),
      ]);
      expect(counts.counts[0]?.readCount).toBe(2);
      expect(list.members.find(isLineOf(bob))?.readAt).toEqual(expect.any(Number));
      expect(history.messages[0]?.readCount).toBe(2);
      expect(status).toMatchObject({ readSeq: upTo, unreadCount: 6 - upTo });
    }
  });

  const isLineOf =
    (user: User) =>
    ({ userId }: { userId: string }) =>
      userId === user.userId;
});

describe('[RD9] mark_played', () => {
  it('counts as read and delivered too, and once', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { messageId } = await conversation.say(alice, { messageType: 'voice' });
    const client = await bob.connect();
    const play = () => client.ask('mark_played_confirmed', { type: 'mark_played', messageId });
    expect(await play()).toMatchObject({ messageId, changed: true });
    const line = await conversation.line(alice, 1, bob);
    expect(line).toMatchObject({ readAt: line.playedAt, deliveredAt: line.playedAt });
    expect(line.playedAt).toEqual(expect.any(Number));
    expect(await play()).toMatchObject({ messageId, changed: false });
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 1, unreadCount: 0 });
  });
});
