import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import type { User } from '../../support/wire/user.ts';

const idsOf = (members: readonly { userId: string }[]): string[] =>
  members.map(({ userId }) => userId).sort();

const usersOf = (...users: User[]): string[] => idsOf(users);

describe("a message's list", () => {
  it('[CT3] marks the sender, who counts as read', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { createdAt } = await conversation.say(alice);
    const { members, ...counts } = await conversation.list(bob, 1);
    expect(counts).toEqual({
      seq: 1,
      status: 'sent',
      next: null,
      readCount: 1,
      deliveredCount: 1,
      unreadCount: 1,
      totalCount: 2,
    });
    expect(members).toHaveLength(2);
    expect(members).toContainEqual({
      userId: alice.userId,
      isSender: true,
      deliveredAt: createdAt,
      readAt: createdAt,
    });
    expect(members).toContainEqual({ userId: bob.userId, deliveredAt: null, readAt: null });
  });

  it('[CT4] gives the time of each receipt to the millisecond the service took it', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const author = await alice.connect();
    await conversation.sayMany(alice, 2);
    await carol.post(`${conversation.path}/delivered`, { upTo: 2 });
    await conversation.read(bob, 1);
    const { receipts } = await author.next('read_status_update');
    const at = receipts?.[0]?.at;
    expect(at).toEqual(expect.any(Number));
    const line = await conversation.line(carol, 1, bob);
    expect(line).toMatchObject({ readAt: at, deliveredAt: at });
    const delivered = await conversation.line(carol, 2, carol);
    expect(delivered).toMatchObject({ readAt: null, deliveredAt: expect.any(Number) });
    expect(delivered.deliveredAt).toBeLessThanOrEqual(at ?? 0);
  });

  it('[CT5] has status sent, then delivered to all, then read by all', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    await conversation.say(alice);
    const status = async () => (await conversation.list(bob, 1)).status;
    expect(await status()).toBe('sent');
    await bob.post(`${conversation.path}/delivered`, { upTo: 1 });
    expect(await status()).toBe('sent');
    await conversation.read(carol, 1);
    expect(await status()).toBe('delivered');
    await conversation.read(bob, 1);
    expect(await status()).toBe('read');
  });

  it('shows one state when asked', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol', 'dave');
    const [alice, bob, carol, dave] = users;
    await conversation.say(alice);
    await conversation.read(bob, 1);
    await carol.post(`${conversation.path}/delivered`, { upTo: 1 });
    const among = async (state: string) =>
      idsOf((await conversation.list(alice, 1, `state=${state}`)).members);
    expect(await among('read')).toEqual(usersOf(alice, bob));
    expect(await among('delivered')).toEqual(usersOf(alice, bob, carol));
    expect(await among('unread')).toEqual(usersOf(carol, dave));
  });

  it('comes in pages that have everyone once, with the counts of all on each', async () => {
    const { conversation, users } = await Conversation.among('a', 'b', 'c', 'd', 'e');
    const [alice, bob] = users;
    await conversation.say(alice);
    await conversation.read(bob, 1);
    const { members: everyone, next: _none, ...whole } = await conversation.list(alice, 1);
    const found: typeof everyone = [];
    let cursor = '';
    for (let pages = 1; pages <= 3; pages++) {
      const query = `limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { members, next, ...counts } = await conversation.list(alice, 1, query);
      expect(counts).toEqual(whole);
      expect(members).toHaveLength(pages < 3 ? 2 : 1);
      found.push(...members);
      cursor = next ?? '';
    }
    expect(cursor).toBe('');
    expect(found).toEqual(everyone);
  });

  it('[CT4] has the newest first when asked, and in pages everyone once while others read', async () => {
    const { conversation, users } = await Conversation.among('a', 'b', 'c', 'd', 'e');
    const [alice, bob, carol, dave, eve] = users;
    await conversation.say(alice);
    await bob.post(`${conversation.path}/delivered`, { upTo: 1 });
    for (const reader of [dave, carol]) await conversation.read(reader, 1);
    const order = (await conversation.list(alice, 1, 'sort=time')).members;
    const byTime = [carol, dave, alice, bob, eve].map(({ userId }) => userId);
    expect(order.map(({ userId }) => userId)).toEqual(byTime);

    const first = await conversation.list(alice, 1, 'sort=time&limit=2');
    await conversation.read(eve, 1);
    const query = `sort=time&limit=2&cursor=${encodeURIComponent(first.next ?? '')}`;
    const second = await conversation.list(alice, 1, query);
    const found = [...first.members, ...second.members].map(({ userId }) => userId);
    expect([found, second.next]).toEqual([byTime.slice(0, 4), null]);
    const { members } = await conversation.list(alice, 1, 'sort=time&state=read&limit=1');
    expect(members.map(({ userId }) => userId)).toEqual([eve.userId]);
  });

  it('[SE5] takes no cursor that was changed, or is of another user, message, state or order', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 2);
    const { next } = await conversation.list(alice, 1, 'limit=1');
    const cursor = next ?? '';
    const changed = (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1);
    const ask = async (user: User, seq: number, query: string) => {
      const path = `${conversation.path}/messages/${seq}/receipts?limit=1&${query}`;
      const { status, body } = await user.call('GET', path);
      return status === 200 ? 200 : [status, body.error.code];
    };
    expect(await ask(alice, 1, `cursor=${cursor}`)).toBe(200);
    const refused = [400, 'BAD_CURSOR'];
    expect(await ask(alice, 1, `cursor=${changed}`)).toEqual(refused);
    expect(await ask(alice, 1, 'cursor=garbage')).toEqual(refused);
    expect(await ask(bob, 1, `cursor=${cursor}`)).toEqual(refused);
    expect(await ask(alice, 2, `cursor=${cursor}`)).toEqual(refused);
    expect(await ask(alice, 1, `state=unread&cursor=${cursor}`)).toEqual(refused);
    expect(await ask(alice, 1, `sort=time&cursor=${cursor}`)).toEqual(refused);
    const byTime = (await conversation.list(alice, 1, 'sort=time&limit=1')).next;
    expect(await ask(alice, 1, `cursor=${byTime}`)).toEqual(refused);
  });
});
