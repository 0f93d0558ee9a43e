import type { ReceiptPage } from '@seenby/protocol/entities.ts';
import type { UnreadOverview } from '@seenby/protocol/http-answers.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { recall, removeMember } from '../../support/wire/group-acts.ts';
import { expectAgreement } from '../../support/wire/observation.ts';
import { settle } from '../../support/wire/settle.ts';
import { syncOf } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';

/** Three messages of alice of which the second says a secret to bob. */
async function groupWithSecret() {
  const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
  const [alice, bob] = users;
  await conversation.say(alice);
  const metadata = { also: 'A secret' };
  const secret = { content: 'A secret', mentions: [bob.userId], metadata };
  const message = await conversation.say(alice, secret);
  return { conversation, users, secret, message };
}

describe('[MS4] recalling', () => {
  it('keeps the seq and removes the content everywhere', async () => {
    const { conversation, users, message, secret } = await groupWithSecret();
    const [alice, bob] = users;
    const { mentions: _mentions, metadata: _metadata, ...rest } = message;
    const recalled = { ...rest, content: '', recalled: true };
    expect(await recall(alice, conversation, 2)).toEqual({ message: recalled });

    const { messages, lastSeq } = await conversation.history(bob);
    expect(lastSeq).toBe(2);
    expect(messages[1]).toMatchObject(recalled);
    const { lastMessage } = await conversation.status(bob);
    expect(lastMessage).toMatchObject({ seq: 2, content: '', recalled: true });
    const resent = { ...secret, clientMessageId: message.clientMessageId };
    const again = await alice.call('POST', `${conversation.path}/messages`, resent);
    expect(again).toEqual({ status: 200, body: { message: recalled } });
    const hello = await (await bob.open()).ask('connection_established', { type: 'hello' });
    const everywhere = await Promise.all(
      ['/me/unread', '/me/sync', `${conversation.path}/messages`].map((path) => bob.get(path)),
    );
    expect(JSON.stringify([messages, hello, everywhere])).not.toContain(secret.content);
  });

  it('is told to who had read the message and was away', async () => {
    const { conversation, users } = await groupWithSecret();
    const [alice, bob] = users;
    await conversation.read(bob, 2);
    const { next } = await syncOf(bob);
    await recall(alice, conversation, 2);
    expect((await syncOf(bob, next)).groups).toMatchObject([
      { groupId: conversation.groupId, recalled: [{ fromSeq: 2, toSeq: 2 }] },
    ]);
  });

  it("takes the message out of everyone's unread and mention counts", async () => {
    const { conversation, users } = await groupWithSecret();
    const [alice, bob, carol] = users;
    await conversation.say(alice);
    const badge = async (user: User) => {
      const { readSeq, unreadCount, mentionCount } = await conversation.status(user);
      const { totalUnreadCount } = await user.get<UnreadOverview>('/me/unread');
      return { readSeq, unreadCount, mentionCount, totalUnreadCount };
    };
    const three = { readSeq: 0, unreadCount: 3, totalUnreadCount: 3 };
    expect(await badge(bob)).toEqual({ ...three, mentionCount: 1 });
    await recall(alice, conversation, 2);
    const two = { readSeq: 0, unreadCount: 2, totalUnreadCount: 2, mentionCount: 0 };
    expect(await badge(bob)).toEqual(two);
    expect(await badge(carol)).toEqual(two);

    const { groupId, path } = conversation;
    const messageIds = [`${groupId}.1`, `${groupId}.3`];
    const read = await bob.post(`${path}/read`, { messageIds });
    expect(read).toMatchObject({ readSeq: 3, unreadCount: 0 });
    expect(await conversation.read(bob, 3)).toMatchObject({ changed: false });
  });

  it('[CT8] leaves it its readers, in counts, lists and history alike', async () => {
    const { conversation, users } = await groupWithSecret();
    const [alice, bob, carol] = users;
    await conversation.read(bob, 2);
    const before = await conversation.line(alice, 2, bob);
    await recall(alice, conversation, 2);
    const counted = await expectAgreement(conversation);
    const readers = { readCount: 2, deliveredCount: 2, unreadCount: 0, totalCount: 2 };
    expect(counted.get(1)).toMatchObject({ unreadCount: 1, totalCount: 3 });
    expect(counted.get(2)).toMatchObject(readers);
    const { messages } = await conversation.history(alice);
    expect(messages[1]).toMatchObject(readers);
    expect(await conversation.line(alice, 2, bob)).toEqual(before);
    const path = `${conversation.path}/messages/2/receipts`;
    const unread = await alice.get<ReceiptPage>(`${path}?state=unread`);
    expect(unread).toMatchObject({ ...readers, status: 'read', members: [] });
    await conversation.read(carol, 2);
    expect((await expectAgreement(conversation)).get(2)).toMatchObject({
      ...{ readCount: 3, deliveredCount: 3, unreadCount: 0, totalCount: 3 },
    });
  });

  it('[CT8] is part of what sync says of it, with a higher version', async () => {
    const { conversation, users } = await groupWithSecret();
    const [alice, bob] = users;
    const before = await syncOf(bob);
    await recall(alice, conversation, 2);
    const after = await syncOf(bob, before.next);
    const [was, is] = [before, after].map(({ groups }) => groups[0]);
    expect(is?.counts?.filter(({ fromSeq }) => fromSeq === 2)).toMatchObject([
      { toSeq: 2, readCount: 1, unreadCount: 0, totalCount: 1 },
    ]);
    expect(is?.version).toBeGreaterThan(was?.version ?? Infinity);
  });

  it('[CT8] [PU4] is told in counts that are pushed after it', async () => {
    const { conversation, users } = await groupWithSecret();
    const [alice, bob, carol] = users;
    await recall(alice, conversation, 2);
    const client = await carol.subscribe(conversation.groupId);
    await conversation.read(bob, 2);
    // What was so before the read may be told late.
    const pushed = await client.next('read_status_update', ({ counts = [] }) =>
      counts.some(({ toSeq, readCount }) => toSeq === 2 && readCount !== 1),
    );
    expect(pushed.counts?.find(({ toSeq }) => toSeq === 2)).toMatchObject({
      ...{ readCount: 2, deliveredCount: 2, unreadCount: 0, totalCount: 2 },
    });
  });

  it('[PU5] tells connected members once, and nobody else', async () => {
    const { conversation, users, message } = await groupWithSecret();
    const [alice, bob, carol] = users;
    const mallory = await User.create('mallory');
    await removeMember(alice, conversation, carol);
    const clients = await Promise.all([alice, bob, carol, mallory].map((user) => user.connect()));
    await recall(alice, conversation, 2);
    const { status } = await alice.call('DELETE', `${conversation.path}/messages/2`);
    expect(status).toBe(200);
    await settle(...clients);
    const { groupId } = conversation;
    const told = { type: 'message_recalled', groupId, messageId: message.messageId, seq: 2 };
    const seen = clients.map((client) => client.received('message_recalled'));
    expect(seen).toMatchObject([[told], [told], [], []]);
  });

  it.each([0, 3, 'x'])('answers for no message that is not there: %s', async (seq) => {
    const { conversation, users } = await groupWithSecret();
    const answer = await users[0].call('DELETE', `${conversation.path}/messages/${seq}`);
    const code = seq === 3 ? 'NOT_FOUND' : 'BAD_REQUEST';
    expect([answer.status, answer.body.error.code]).toEqual([seq === 3 ? 404 : 400, code]);
  });
});

describe('[UN3] mentions', () => {
  it('count while unread, for members of the group who are named, also again after mark_unread', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const outsider = await User.create('dave');
    const mentions = [bob.userId, bob.userId, outsider.userId];
    const message = await conversation.say(alice, { mentions });
    expect(message.mentions).toEqual([bob.userId]);
    expect((await conversation.status(bob)).mentionCount).toBe(1);
    expect((await conversation.status(carol)).mentionCount).toBe(0);
    await conversation.read(bob, 1);
    expect((await conversation.status(bob)).mentionCount).toBe(0);
    await bob.post(`${conversation.path}/unread`, { fromSeq: 1 });
    expect((await conversation.status(bob)).mentionCount).toBe(1);
  });

  it('of oneself count for nothing', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice] = users;
    await conversation.say(alice, { mentions: [alice.userId] });
    expect(await conversation.status(alice)).toMatchObject({ unreadCount: 0, mentionCount: 0 });
  });
});
