import type { MemberPage } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, deleteGroup, giveRole, removeMember } from '../../support/wire/group-acts.ts';
import { settle } from '../../support/wire/settle.ts';
import { User } from '../../support/wire/user.ts';
import type { Frame, WireClient } from '../../support/wire/wire-client.ts';

const changesSeenBy = (client: WireClient) =>
  client
    .received('member_changed')
    .map(({ type: _type, timestamp: _time, groupId: _group, ...change }) => change);

describe('member_changed', () => {
  it('[PU5] tells connected members, newcomers included, and nobody else', async () => {
    const [alice, bob, carol, mallory] = (await User.createAll('a', 'b', 'c', 'm')) as [
      User,
      User,
      User,
      User,
    ];
    const conversation = await Conversation.start([alice, bob]);
    const clients = await Promise.all([bob, carol, mallory].map((user) => user.connect()));
    const [toBob, toCarol, toMallory] = clients as [WireClient, WireClient, WireClient];
    await addMembers(alice, conversation, [carol]);
    await giveRole(alice, conversation, carol, 'admin');
    await removeMember(alice, conversation, carol);
    await settle(...clients);

    const { userId } = carol;
    const joined = { userId, change: 'joined', role: 'member' };
    const promoted = { userId, change: 'role', role: 'admin' };
    expect(changesSeenBy(toBob)).toEqual([joined, promoted, { userId, change: 'left' }]);
    expect(changesSeenBy(toCarol)).toEqual([joined, promoted]);
    expect(changesSeenBy(toMallory)).toEqual([]);
  });
});

describe('[PU5] a member removed while connected', () => {
  it('gets nothing of the group any more, and coming back does not reopen it', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const [author, removed] = await Promise.all([alice.subscribe(groupId), bob.subscribe(groupId)]);
    // The message read below is bob's own: of that an author hears wherever they are.
    await conversation.say(bob);
    await removed.next('new_message');
    await removeMember(alice, conversation, bob);
    await settle(removed);
    const before = removed.frames.length;

    await readAndWait(2);
    expect(typesSince(removed, before)).toEqual(['pong']);
    const [refusal] = await removed.request({ type: 'subscribe_group', groupId });
    expect(refusal).toMatchObject({ type: 'subscription_error', code: 'NOT_FOUND' });

    await addMembers(alice, conversation, [bob]);
    await removed.next('member_changed');
    const back = removed.frames.length;
    await readAndWait(3);
    expect(typesSince(removed, back)).toEqual(['new_message', 'pong']);

    /** Everything that a message and its reading set off, until who has it open is told. */
    async function readAndWait(seq: number): Promise<void> {
      await conversation.say(alice);
      await conversation.read(carol, seq);
      const isTold = ({ counts = [] }: Frame<'read_status_update'>) =>
        counts.some(({ toSeq, readCount }) => toSeq === seq && readCount === 2);
      await author.next('read_status_update', isTold);
      await settle(removed);
    }
  });

  const typesSince = (client: WireClient, from: number): string[] =>
    client.frames
      .slice(from)
      .map(({ type }) => type)
      .filter((type) => type !== 'subscription_error');
});

describe('deleting a group', () => {
  it('ends it for everyone, at once and for good', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(alice);
    const client = await bob.subscribe(conversation.groupId);
    await deleteGroup(alice, conversation);
    for (const user of users) {
      expect(await user.get('/me/unread')).toEqual({ totalUnreadCount: 0, groups: [] });
      for (const route of ['', '/members', '/messages', '/messages/1/receipts']) {
        const { status } = await user.call('GET', conversation.path + route);
        expect(status).toBe(404);
      }
    }
    const frame = { type: 'mark_read', groupId: conversation.groupId, upTo: 1 };
    expect(await client.request(frame)).toMatchObject([{ type: 'error', code: 'NOT_FOUND' }]);
    expect((await alice.call('DELETE', conversation.path)).status).toBe(404);
  });
});

describe('the list of members', () => {
  it('comes in pages that have everyone once, with role and time', async () => {
    const { conversation, users } = await Conversation.among('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const [alice, bob] = users;
    await giveRole(alice, conversation, bob, 'admin');
    const pages = await readPages(alice, conversation, 3);
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    const members = pages.flat();
    const ids = users.map(({ userId }) => userId).sort();
    expect(members.map(({ userId }) => userId)).toEqual(ids);
    expect(members.map(({ joinedAt }) => joinedAt)).toEqual(ids.map(() => expect.any(Number)));
    const roleOf = (user: User) => members.find(({ userId }) => userId === user.userId)?.role;
    expect(users.slice(0, 3).map(roleOf)).toEqual(['owner', 'admin', 'member']);
  });

  async function readPages(viewer: User, { path }: Conversation, limit: number) {
    const pages: MemberPage['members'][] = [];
    let cursor = '';
    do {
      const query = `limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { members, next } = await viewer.get<MemberPage>(`${path}/members?${query}`);
      pages.push(members);
      cursor = next ?? '';
    } while (cursor !== '');
    return pages;
  }

  it('[SE5] takes no cursor that was changed, or is of another user or group', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob] = users;
    const other = await Conversation.start([alice, bob]);
    const { next } = await alice.get<MemberPage>(`${conversation.path}/members?limit=1`);
    const cursor = next ?? '';
    const ask = async (user: User, { path }: Conversation, sent: string) => {
      const { status, body } = await user.call('GET', `${path}/members?limit=1&cursor=${sent}`);
      return status === 200 ? 200 : [status, body.error.code];
    };
    const refused = [400, 'BAD_CURSOR'];
    const changed = (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1);
    expect(await ask(alice, conversation, cursor)).toBe(200);
    expect(await ask(alice, conversation, changed)).toEqual(refused);
    expect(await ask(alice, conversation, 'garbage')).toEqual(refused);
    expect(await ask(bob, conversation, cursor)).toEqual(refused);
    expect(await ask(alice, other, cursor)).toEqual(refused);
  });
});
