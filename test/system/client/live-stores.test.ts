import { describe, expect, it } from 'vitest';
import type { GroupHandle } from '../../../packages/client/src/groups/group-handle.ts';
import type { LiveState, LiveStore } from '../../../packages/client/src/live/live-store.ts';
import type { Readers } from '../../../packages/client/src/live/readers.ts';
import { afterFile } from '../../support/after-file.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';
import { connectAtLast, realClient } from './real-client.ts';

async function openGroup(user: User, groupId: string): Promise<GroupHandle> {
  const client = realClient(user);
  await connectAtLast(client);
  const group = client.group(groupId);
  await group.subscribe();
  return group;
}

/** Watches a store for as long as the tests of this file run. */
function watched<S extends LiveState>(store: LiveStore<S>): () => S {
  afterFile(store.subscribeState(() => {}));
  return store.getSnapshot;
}

const idsOf = ({ read, delivered, notYet }: Readers) =>
  [read, delivered, notYet].map((lines) => lines.map(({ userId }) => userId).sort());

describe('against the service', () => {
  it('readers, members and positions of a small group are live and named', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const ann = await openGroup(alice, groupId);
    const { seq, createdAt } = await conversation.say(alice);
    const readers = watched(ann.watchReaders(seq));
    const positions = watched(ann.positions);
    const members = watched(ann.members);
    await expect.poll(() => readers().status).toBe('ready');
    expect(idsOf(readers())).toEqual([[], [], [bob.userId, carol.userId].sort()]);
    expect(readers().author).toMatchObject({ userId: alice.userId, readAt: createdAt });
    const ben = await openGroup(bob, groupId);
    await ben.history();
    await expect.poll(() => idsOf(readers())).toEqual([[], [bob.userId], [carol.userId]]);
    ben.markRead(seq);
    await expect.poll(() => idsOf(readers())).toEqual([[bob.userId], [], [carol.userId]]);
    await expect.poll(() => positions().bySeq.get(seq)?.length).toBe(1);
    const [line] = readers().read;
    const page = await conversation.list(alice, seq);
    expect(page.members.find(({ userId }) => userId === bob.userId)).toEqual(line);
    expect(readers()).toMatchObject({
      others: { read: 1, unread: 1, delivered: 1, total: 2, ratio: 0.5 },
      medianDelayMs: (line?.readAt ?? 0) - createdAt,
    });
    expect(members().members.length).toBe(3);
    await ann.removeMember(carol.userId);
    await expect.poll(() => members().byId.has(carol.userId)).toBe(false);
    await expect.poll(() => idsOf(readers())).toEqual([[bob.userId], [], []]);
  });

  it('readers in a big group are those of the service, for who only gets counts', async () => {
    const labels = Array.from({ length: 25 }, (_, i) => `u${i}`);
    const users = await User.createAll(...labels);
    const conversation = await Conversation.start(users);
    const [author, watcher, ...others] = users as [User, User, ...User[]];
    const { seq } = await conversation.say(author);
    const group = await openGroup(watcher, conversation.groupId);
    const readers = watched(group.watchReaders(seq));
    const positions = watched(group.positions);
    await expect.poll(() => [readers().status, positions().status]).toEqual(['ready', 'ready']);
    for (const user of others.slice(0, 10)) await conversation.read(user, seq);
    const ids = others.slice(0, 10).map(({ userId }) => userId);
    await expect.poll(() => idsOf(readers())[0]).toEqual(ids.sort());
    // The author too.
    await expect.poll(() => positions().bySeq.get(seq)?.length).toBe(11);
  });

  it('[TR7] are refused where only positions are kept, and come once that changes', async () => {
    const [owner, bob] = (await User.createAll('owner', 'bob')) as [User, User];
    const conversation = await Conversation.start([owner, bob], { tracking: 'positions' });
    const { seq } = await conversation.say(owner);
    const group = await openGroup(owner, conversation.groupId);
    const readers = watched(group.watchReaders(seq));
    const positions = watched(group.positions);
    const refused = { status: 'refused', error: { code: 'FORBIDDEN' } };
    await expect.poll(() => [readers(), positions()]).toMatchObject([refused, refused]);
    await group.update({ tracking: 'receipts' });
    await expect.poll(() => [readers().status, positions().status]).toEqual(['ready', 'ready']);
    await group.update({ visibility: 'sender' });
    await expect.poll(() => positions().status).toBe('refused');
    expect(positions().members).toEqual([]);
    await group.delete();
    await expect.poll(() => readers()).toMatchObject({ status: 'refused', read: [], notYet: [] });
  });

  it('[RD9] a play made without a connection is told, and statistics count it', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { seq } = await conversation.say(alice, { messageType: 'voice' });
    const client = realClient(bob);
    client.group(conversation.groupId).markPlayed(seq);
    await connectAtLast(client);
    const listed = async () => {
      const { members } = await conversation.list(alice, seq);
      return members.find(({ userId }) => userId === bob.userId);
    };
    await expect.poll(listed).toMatchObject({ playedAt: expect.any(Number) });
    const ann = await openGroup(alice, conversation.groupId);
    await expect
      .poll(async () => (await (await ann.stats()).members()).members)
      .toContainEqual(expect.objectContaining({ userId: bob.userId, messages: 1, read: 1 }));
  });

  it('what came to a group that is not opened is delivered after connecting', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { seq } = await conversation.say(alice);
    await connectAtLast(realClient(bob));
    const delivered = async () => (await conversation.list(alice, seq)).deliveredCount;
    await expect.poll(delivered).toBe(2);
  });
});
