import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import {
  addMembers,
  changeSettings,
  deleteGroup,
  giveRole,
  recall,
  removeMember,
} from '../../support/wire/group-acts.ts';
import { bySeq } from '../../support/wire/observation.ts';
import { SyncingScreen, syncOf } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';

/** Alice, bob and carol in so many groups. */
async function startGroups(count: number) {
  const users = (await User.createAll('alice', 'bob', 'carol')) as [User, User, User];
  const groups: Conversation[] = [];
  while (groups.length < count) groups.push(await Conversation.start(users));
  return { users, groups };
}

const idsOf = (groups: readonly { groupId: string }[]): string[] =>
  groups.map(({ groupId }) => groupId).sort();

describe('[SY1] hello', () => {
  it('gives all that changed while away: unread of each group and in total', async () => {
    const { users, groups } = await startGroups(2);
    const [alice, bob] = users;
    const [first, second] = groups as [Conversation, Conversation];
    (await bob.connect()).close();
    await first.sayMany(alice, 2);
    await second.say(alice, { mentions: [bob.userId] });
    await bob.post(`${first.path}/read`, { upTo: 1 });
    const hello = await (await bob.open()).ask('connection_established', { type: 'hello' });
    expect(hello).toMatchObject({ userId: bob.userId, totalUnreadCount: 2 });
    const shown = hello.groups.map(({ groupId, readSeq, unreadCount, mentionCount, lastSeq }) => ({
      ...{ groupId, readSeq, unreadCount, mentionCount, lastSeq },
    }));
    expect(shown).toHaveLength(2);
    for (const one of [
      { groupId: first.groupId, readSeq: 1, unreadCount: 1, mentionCount: 0, lastSeq: 2 },
      { groupId: second.groupId, readSeq: 0, unreadCount: 1, mentionCount: 1, lastSeq: 1 },
    ]) {
      expect(shown).toContainEqual(one);
    }
  });
});

describe('[SY2] sync', () => {
  it('answers everything at first, and nothing when nothing has changed', async () => {
    const { users, groups } = await startGroups(2);
    const [alice, bob] = users;
    const [first] = groups as [Conversation];
    await first.sayMany(alice, 2);
    const answer = await syncOf(bob);
    expect(answer).toMatchObject({ changedCount: 2, removedGroupIds: [] });
    expect(answer).not.toHaveProperty('reset');
    expect(idsOf(answer.groups)).toEqual(idsOf(groups));
    const synced = answer.groups.find(({ groupId }) => groupId === first.groupId);
    const { counts, version, ...status } = synced ?? {};
    expect(status).toEqual(await first.status(bob));
    expect({ counts, version }).toEqual(await first.counts(bob, 1, 2));
    const nothing = { changedCount: 0, groups: [], removedGroupIds: [] };
    expect(await syncOf(bob, answer.next)).toEqual({ ...nothing, next: expect.any(String) });
  });

  it('answers exactly the groups that changed, each as it is now', async () => {
    const { users, groups } = await startGroups(4);
    const [alice, bob, carol] = users;
    const [written, read, own] = groups as [Conversation, Conversation, Conversation];
    for (const group of groups) await group.say(alice);
    const { next } = await syncOf(bob);
    await written.say(alice);
    await read.read(carol, 1);
    await own.read(bob, 1);
    // Neither changes anything: read again, and a change taken back.
    const unchanged = groups[3] as Conversation;
    await unchanged.read(alice, 1);
    await changeSettings(alice, unchanged, { name: 'Another' });
    await changeSettings(alice, unchanged, { name: 'A group' });

    const answer = await syncOf(bob, next);
    expect(idsOf(answer.groups)).toEqual(idsOf([written, read, own]));
    expect(answer.changedCount).toBe(3);
    const find = ({ groupId }: Conversation) => answer.groups.find((g) => g.groupId === groupId);
    expect(find(written)).toMatchObject({ lastSeq: 2, unreadCount: 2 });
    expect(find(own)).toMatchObject({ readSeq: 1, unreadCount: 0 });
    expect(bySeq(find(read)?.counts ?? []).get(1)).toMatchObject({ readCount: 2 });
    // The same token, once more.
    expect(await syncOf(bob, next)).toMatchObject({ groups: answer.groups });
  });

  it('names the groups that are gone, and not those come back to or never known', async () => {
    const { users, groups } = await startGroups(4);
    const [alice, bob] = users;
    const [removed, left, deleted, back] = groups as [
      Conversation,
      Conversation,
      Conversation,
      Conversation,
    ];
    const { next } = await syncOf(bob);
    const brief = await Conversation.start([alice, bob]);
    await removeMember(alice, removed, bob);
    await removeMember(bob, left, bob);
    await deleteGroup(alice, deleted);
    await removeMember(alice, back, bob);
    await addMembers(alice, back, [bob]);
    await removeMember(alice, brief, bob);
    const answer = await syncOf(bob, next);
    expect([...answer.removedGroupIds].sort()).toEqual(idsOf([removed, left, deleted]));
    expect(answer.groups).toEqual([]);
    expect(await syncOf(bob, answer.next)).toMatchObject({ changedCount: 0, removedGroupIds: [] });
  });

  it('brings a client that was away at any point to where one is that was always there', async () => {
    const { users, groups } = await startGroups(2);
    const [alice, bob, carol] = users;
    const [first, second] = groups as [Conversation, Conversation];
    const steps: (() => Promise<unknown>)[] = [
      () => first.sayMany(alice, 3),
      () => first.read(carol, 2),
      () => second.say(bob),
      () => carol.post(`${second.path}/delivered`, { upTo: 1 }),
      () => first.read(bob, 3),
      () => recall(alice, first, 2),
      () => bob.post(`${first.path}/unread`, { fromSeq: 1 }),
      () => giveRole(alice, second, bob, 'admin'),
      () => changeSettings(bob, second, { name: 'Another', tracking: 'positions' }),
      () => removeMember(alice, first, bob),
      () => first.say(alice),
      () => addMembers(alice, first, [bob]),
      () => changeSettings(alice, second, { tracking: 'receipts', visibility: 'sender' }),
      () => removeMember(carol, first, carol),
      () => deleteGroup(alice, second),
    ];
    const always = new SyncingScreen(bob);
    const away: SyncingScreen[] = [];
    for (const step of steps) {
      await always.sync();
      away.push(always.fork());
      await step();
    }
    await always.sync();
    const fresh = new SyncingScreen(bob);
    await fresh.sync();
    expect(fresh.shown).toHaveLength(1);
    expect(always.shown).toEqual(fresh.shown);
    for (const screen of away) {
      await screen.sync();
      expect(screen.shown).toEqual(fresh.shown);
    }
  });
});

describe('[SE5] a sync token', () => {
  it("that was changed, is another user's or no token at all is refused", async () => {
    const { users, groups } = await startGroups(1);
    const [alice, bob] = users;
    const { next } = await syncOf(bob);
    const middle = Math.floor(next.length / 2);
    const flipped = next[middle] === 'A' ? 'B' : 'A';
    const members = await bob.get<{ next: string }>(`${groups[0]?.path}/members?limit=1`);
    const tokens = [
      (await syncOf(alice)).next,
      next.slice(0, middle) + flipped + next.slice(middle + 1),
      next.slice(0, -4),
      `${next}AAAA`,
      members.next,
      'garbage',
    ];
    for (const token of tokens) {
      const { status, body } = await bob.call('GET', `/me/sync?since=${encodeURIComponent(token)}`);
      expect([token, status, body.error?.code]).toEqual([token, 400, 'BAD_CURSOR']);
    }
    expect(await syncOf(bob, next)).toMatchObject({ changedCount: 0 });
  });
});
