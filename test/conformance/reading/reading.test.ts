import { describe, expect, it } from 'vitest';
import { groupWithMessages, pick } from '../../support/fixtures/group-with-messages.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import type { User } from '../../support/wire/user.ts';

describe('[RD3] the earliest time stays', () => {
  it('when more is read, in whatever order', async () => {
    const { conversation, users, messageIds } = await groupWithMessages(3);
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
    const { conversation, users, groupId } = await groupWithMessages(12);
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
    await expect.poll(shown).toEqual(readAt);
  });

  it('of delivery, when the message is read later', async () => {
    const { conversation, users } = await groupWithMessages(1);
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
    const { conversation, users, groupId } = await groupWithMessages(3);
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
    const { conversation, users, groupId } = await groupWithMessages(2);
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
    const { conversation, users, messages } = await groupWithMessages(2);
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
    const { conversation, users } = await groupWithMessages(2);
    const [, bob] = users;
    await conversation.say(bob);
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 0, unreadCount: 2 });
    expect(await conversation.read(bob, 2)).toMatchObject({ readSeq: 3, unreadCount: 0 });
  });
});

describe('[RD6] mark_read_confirmed', () => {
  it('is durable: counts, lists, history and badges of everyone reflect it at once', async () => {
    const { conversation, users, groupId } = await groupWithMessages(6);
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
