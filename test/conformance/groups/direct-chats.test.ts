import { describe, expect, it } from 'vitest';
import { groupWithMessages } from '../../support/fixtures/group-with-messages.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { bySeq } from '../../support/wire/observation.ts';
import { settle } from '../../support/wire/settle.ts';
import { updatesOf } from '../../support/wire/shown-counts.ts';
import { syncOf } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';

const setReceipts = async (user: User, readReceipts: boolean) => {
  const { status } = await user.call('PUT', '/me/settings', { readReceipts });
  if (status !== 200) throw new Error(`settings: ${status}`);
};

/** A direct chat with so many messages of alice. */
const directChat = (count: number) => groupWithMessages(count, { memberCount: 2, kind: 'direct' });

/** For each message how many have read it, by every route there is; they have to agree. */
async function readCountsFor(viewer: User, conversation: Conversation): Promise<number[]> {
  const { messages, lastSeq } = await conversation.history(viewer);
  const seqs = messages.map(({ seq }) => seq);
  const [{ counts }, { groups }, ...lists] = await Promise.all([
    conversation.counts(viewer, 1, lastSeq),
    syncOf(viewer),
    ...seqs.map((seq) => conversation.list(viewer, seq)),
  ]);
  const shown = messages.map(({ readCount = Number.NaN }) => readCount);
  expect([...bySeq(counts).values()].map(({ readCount }) => readCount)).toEqual(shown);
  expect([...bySeq(groups[0]?.counts ?? []).values()].map((c) => c.readCount)).toEqual(shown);
  expect(lists.map(({ readCount }) => readCount)).toEqual(shown);
  expect(lists.map((l) => l.members.filter(({ readAt }) => readAt !== null).length)).toEqual(shown);
  return shown;
}

describe('a direct chat', () => {
  it('[TR5] has two members for good', async () => {
    const [alice, bob, carol] = (await User.createAll('a', 'b', 'c')) as [User, User, User];
    const refused = async (method: string, path: string, body?: object) => {
      const answer = await alice.call(method, path, body);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'BAD_REQUEST']);
    };
    const memberIds = [bob.userId, carol.userId];
    await refused('POST', '/groups', { name: 'Three', kind: 'direct', memberIds });
    await refused('POST', '/groups', { name: 'Alone', kind: 'direct', memberIds: [alice.userId] });
    const { path } = await Conversation.start([alice, bob], { kind: 'direct' });
    await refused('POST', `${path}/members`, { memberIds: [carol.userId] });
    await refused('DELETE', `${path}/members/${bob.userId}`);
    await refused('DELETE', `${path}/members/${alice.userId}`);
  });
});

describe.each(['reader', 'author'])('[TR4] in a direct chat whose %s has receipts off', (who) => {
  it('reading reaches nobody by lists, counts, history, sync or statistics; own unread works', async () => {
    const { conversation, users } = await directChat(2);
    const [alice, bob] = users;
    await bob.post(`${conversation.path}/delivered`, { upTo: 2 });
    await setReceipts(who === 'reader' ? bob : alice, false);
    const before = await syncOf(alice);
    const device = await bob.connect();
    const read = await conversation.read(bob, 2);
    expect(read).toMatchObject({ readSeq: 2, unreadCount: 0, changed: true });
    expect(await device.next('read_position')).toMatchObject({ readSeq: 2, unreadCount: 0 });
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 2, unreadCount: 0 });

    expect(await readCountsFor(alice, conversation)).toEqual([1, 1]);
    const line = await conversation.line(alice, 1, bob);
    expect(line).toMatchObject({ readAt: null, deliveredAt: expect.any(Number) });
    expect(await conversation.list(alice, 1)).toMatchObject({ status: 'delivered' });
    expect(await syncOf(alice, before.next)).toMatchObject({ changedCount: 0 });
    const statistics = await alice.get(`${conversation.path}/stats`);
    expect(statistics).toMatchObject({ readRate: 0, activeReaders: 0, averageReadDelayMs: null });
    const reminded = await alice.post(`${conversation.path}/messages/2/remind`, {});
    expect(reminded).toEqual({ reminded: 1, reached: 1 });
  });

  it('reading is pushed to nobody, and to both once it is on again', async () => {
    const { conversation, users } = await directChat(2);
    const [alice, bob] = users;
    const { groupId } = conversation;
    await setReceipts(who === 'reader' ? bob : alice, false);
    const screen = await alice.subscribe(groupId);
    await conversation.read(bob, 1);
    await setReceipts(who === 'reader' ? bob : alice, true);
    await conversation.read(bob, 2);
    await screen.next('read_status_update', ({ counts = [] }) =>
      counts.some(({ toSeq, readCount }) => toSeq === 2 && readCount === 2),
    );
    await settle(screen);
    const updates = updatesOf(groupId, screen.frames);
    const receipts = updates.flatMap((update) => update.receipts ?? []);
    expect(receipts.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[2, 2]]);
    const ofFirst = updates.flatMap(({ counts = [] }) => bySeq(counts).get(1) ?? []);
    expect(ofFirst.filter(({ readCount }) => readCount > 1)).toEqual([]);
  });
});

describe('[TR4] what was read', () => {
  it('while off stays hidden; what was read before comes back, from both sides', async () => {
    const { conversation, users } = await directChat(1);
    const [alice, bob] = users;
    await conversation.read(bob, 1);
    await conversation.say(bob);
    await conversation.read(alice, 2);
    expect(await readCountsFor(alice, conversation)).toEqual([2, 2]);

    await setReceipts(bob, false);
    expect(await readCountsFor(alice, conversation)).toEqual([1, 2]);
    expect(await readCountsFor(bob, conversation)).toEqual([2, 1]);
    await conversation.say(alice);
    await conversation.read(bob, 3);
    await conversation.say(bob);
    await conversation.read(alice, 4);
    expect(await readCountsFor(alice, conversation)).toEqual([1, 2, 1, 2]);
    expect(await readCountsFor(bob, conversation)).toEqual([2, 1, 2, 1]);

    await setReceipts(bob, true);
    expect(await readCountsFor(alice, conversation)).toEqual([2, 2, 1, 2]);
    expect(await readCountsFor(bob, conversation)).toEqual([2, 2, 2, 1]);
    await conversation.read(bob, 4);
    expect(await readCountsFor(alice, conversation)).toEqual([2, 2, 1, 2]);
  });

  it('in a group is shown whatever the setting', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(alice);
    await setReceipts(bob, false);
    const author = await alice.connect();
    await conversation.read(bob, 1);
    expect(await readCountsFor(alice, conversation)).toEqual([2]);
    const { receipts } = await author.next('read_status_update');
    expect(receipts).toMatchObject([{ userId: bob.userId, kind: 'read' }]);
  });
});

describe('settings', () => {
  it('are one switch, on to begin with, kept for each user', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    expect(await alice.get('/me/settings')).toEqual({ readReceipts: true });
    const answer = await alice.call('PUT', '/me/settings', { readReceipts: false });
    expect(answer).toEqual({ status: 200, body: { readReceipts: false } });
    expect(await alice.get('/me/settings')).toEqual({ readReceipts: false });
    expect(await bob.get('/me/settings')).toEqual({ readReceipts: true });
  });

  it.each([{}, { readReceipts: 'no' }, { readReceipts: null }, { readReceipts: true, more: 1 }])(
    'refuse anything else and stay as they are: %j',
    async (body) => {
      const alice = await User.create('alice');
      const answer = await alice.call('PUT', '/me/settings', body);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'BAD_REQUEST']);
      expect(await alice.get('/me/settings')).toEqual({ readReceipts: true });
    },
  );
});
