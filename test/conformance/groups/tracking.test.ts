import type { Group } from '@seenby/protocol/entities.ts';
import type { SyncAnswer } from '@seenby/protocol/http-answers.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { changeSettings } from '../../support/wire/group-acts.ts';
import { expectAgreement } from '../../support/wire/observation.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { settle } from '../../support/wire/settle.ts';
import { updatesOf } from '../../support/wire/shown-counts.ts';
import { syncOf } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';

/** Alice, who writes, and bob and carol, in a group that keeps reading to itself. */
async function startPrivate() {
  const users = (await User.createAll('alice', 'bob', 'carol')) as [User, User, User];
  const conversation = await Conversation.start(users, { tracking: 'positions' });
  return { conversation, users };
}

describe('[TR2] auto', () => {
  it.each([
    [200, 'receipts'],
    [201, 'positions'],
  ] as const)('decides for a group of %i: %s', async (size, tracking) => {
    const owner = await User.create('owner');
    const memberIds = Array.from({ length: size - 1 }, () => uniqueId('member'));
    const settings = { name: 'Big', memberIds, tracking: 'auto' };
    const made = await owner.post<Group>('/groups', settings);
    expect(made).toMatchObject({ tracking, memberCount: size });
    const conversation = new Conversation(made.groupId, [owner]);
    expect(await owner.get(conversation.path)).toEqual(made);
    expect(await conversation.status(owner)).toMatchObject({ tracking });
    const other = tracking === 'receipts' ? 'positions' : 'receipts';
    expect(await changeSettings(owner, conversation, { tracking: other })).toMatchObject({
      tracking: other,
    });
    expect(await changeSettings(owner, conversation, { tracking: 'auto' })).toMatchObject({
      tracking,
    });
  });

  it('is only for who asks: a group of 201 has receipts by default', async () => {
    const owner = await User.create('owner');
    const memberIds = Array.from({ length: 200 }, () => uniqueId('member'));
    const made = await owner.post<Group>('/groups', { name: 'Big', memberIds });
    expect(made).toMatchObject({ tracking: 'receipts', visibility: 'members', kind: 'group' });
  });
});

describe('[TR1] a group with tracking "positions"', () => {
  it('refuses everything about reading in the same words, whoever has read', async () => {
    const { conversation, users } = await startPrivate();
    const [alice, bob, carol] = users;
    await conversation.sayMany(alice, 2);
    const { path } = conversation;
    const asked = [
      ['GET', '/receipts?from=1&to=2'],
      ['GET', '/receipts?from=1&to=9'],
      ['GET', '/messages/1/receipts'],
      ['GET', '/messages/2/receipts?state=unread'],
      ['GET', '/stats'],
      ['POST', '/messages/1/remind'],
    ] as const;
    const answers = () =>
      Promise.all(asked.map(([method, route]) => alice.call(method, path + route)));
    const before = await answers();
    for (const { status, body } of before) {
      expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
    }
    await conversation.read(bob, 2);
    await carol.post(`${path}/delivered`, { upTo: 1 });
    expect(await answers()).toEqual(before);
  });

  it("shows nothing of another's reading by history, sync or subscription", async () => {
    const { conversation, users } = await startPrivate();
    const [alice, bob, carol] = users;
    await conversation.sayMany(alice, 2);
    const look = async () => ({
      history: await conversation.history(alice),
      status: await conversation.status(alice),
      sync: (await syncOf(alice)).groups,
      subscription: await subscriptionOf(alice, conversation),
    });
    const before = await look();
    const { next } = await syncOf(alice);
    await conversation.read(bob, 2);
    await carol.post(`${conversation.path}/delivered`, { upTo: 2 });
    expect(await look()).toEqual(before);
    expect(await syncOf(alice, next)).toMatchObject({ changedCount: 0, groups: [] });
    expect(before.sync).not.toContainEqual(expect.objectContaining({ counts: expect.anything() }));
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    const own: SyncAnswer = await syncOf(bob);
    expect(own.groups).toMatchObject([{ readSeq: 2, unreadCount: 0 }]);
  });

  async function subscriptionOf(user: User, { groupId }: Conversation) {
    const client = await user.connect();
    const [reply] = await client.request({ type: 'subscribe_group', groupId });
    const { timestamp: _time, requestId: _id, ...confirmed } = reply ?? {};
    return confirmed;
  }
});

describe('[TR2] switching', () => {
  it('from positions to receipts: what was read before counts as read, and has no time', async () => {
    const { conversation, users } = await startPrivate();
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const [author, screen] = await Promise.all([
      alice.subscribe(groupId),
      carol.subscribe(groupId),
    ]);
    await conversation.sayMany(alice, 3);
    await conversation.read(bob, 2);
    await changeSettings(alice, conversation, { tracking: 'receipts' });

    const counted = await expectAgreement(conversation);
    expect([...counted.values()].map(({ readCount }) => readCount)).toEqual([2, 2, 1]);
    const line = await conversation.line(alice, 2, bob);
    expect(line).toMatchObject({ readAt: null, deliveredAt: null, withoutTime: 'read' });
    const statistics = await alice.get(`${conversation.path}/stats`);
    expect(statistics).toMatchObject({ activeReaders: 1, averageReadDelayMs: null });
    await conversation.read(carol, 3);
    await screen.next('read_status_update', ({ counts }) => counts?.at(-1)?.toSeq === 3);
    await settle(author);
    // What bob read in private was pushed to nobody, and is not caught up on in his name.
    const told = author.received('read_status_update').flatMap(({ receipts = [] }) => receipts);
    expect(told.map(({ userId }) => userId)).toEqual([carol.userId]);
  });

  it('from receipts to positions: what was shown is shown no more', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob] = users;
    const { groupId, path } = conversation;
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 1);
    const { next } = await syncOf(alice);
    await changeSettings(alice, conversation, { tracking: 'positions' });

    expect((await alice.call('GET', `${path}/receipts?from=1&to=2`)).status).toBe(403);
    const { messages } = await conversation.history(alice);
    for (const message of messages) expect(message).not.toHaveProperty('readCount');
    const [synced] = (await syncOf(alice, next)).groups;
    expect(synced).toMatchObject({ groupId, tracking: 'positions' });
    expect(synced).not.toHaveProperty('counts');
  });

  it('from receipts to positions ends the pushes', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const other = await Conversation.start([alice, carol]);
    const screen = await alice.subscribe(groupId, other.groupId);
    await conversation.sayMany(alice, 2);
    await other.say(alice);
    await conversation.read(bob, 1);
    await screen.next('read_status_update', ({ counts }) =>
      Boolean(counts?.some(({ fromSeq, readCount }) => fromSeq === 1 && readCount === 2)),
    );
    await changeSettings(alice, conversation, { tracking: 'positions' });
    await settle(screen);
    const before = updatesOf(groupId, screen.frames).length;

    await conversation.read(bob, 2);
    await carol.post(`${conversation.path}/delivered`, { upTo: 2 });
    // A later change elsewhere is told: then these two have been passed over.
    await other.read(carol, 1);
    await screen.next('read_status_update', (update) =>
      Boolean(update.groupId === other.groupId && update.counts?.at(-1)?.readCount === 2),
    );
    expect(updatesOf(groupId, screen.frames).slice(before)).toEqual([]);
  });

  it('tells connected members that the settings changed, and nobody else', async () => {
    const { conversation, users } = await startPrivate();
    const [alice, bob] = users;
    const mallory = await User.create('mallory');
    const [toBob, toMallory] = await Promise.all([bob.connect(), mallory.connect()]);
    await changeSettings(alice, conversation, { tracking: 'receipts', visibility: 'admins' });
    const { groupId } = conversation;
    const changed = await toBob.next('group_changed');
    expect(changed).toMatchObject({ groupId, tracking: 'receipts', visibility: 'admins' });
    await settle(toMallory);
    expect(toMallory.received('group_changed')).toEqual([]);
  });
});
