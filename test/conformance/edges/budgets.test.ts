import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

/** Sends a frame many times at once; answers the refusals among the replies. */
async function refusalsOf(client: WireClient, frame: object, count: number) {
  const replies = await Promise.all(Array.from({ length: count }, () => client.request(frame)));
  return replies.flat().filter(({ type }) => type === 'error');
}

const limited = { type: 'error', code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) };

describe('get_status', () => {
  it('[SE2] answers the groups one is in, and names the others, existing or not', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const mallory = await User.create('mallory');
    const theirs = await Conversation.start([mallory]);
    await conversation.say(alice);
    const client = await bob.connect();
    const { groupId } = conversation;
    const groupIds = [groupId, theirs.groupId, 'no-such-group', groupId];
    const status = await client.ask('group_status', { type: 'get_status', groupIds });
    const listed = await bob.get<{ groups: object[] }>('/me/unread');
    expect(status.groups).toEqual(listed.groups);
    expect(status.groups).toMatchObject([{ groupId, unreadCount: 1, lastSeq: 1 }]);
    expect(status.goneGroupIds).toEqual([theirs.groupId, 'no-such-group']);
  });

  it('takes 50 groups at most', async () => {
    const client = await (await User.create('alice')).connect();
    const groupIds = Array.from({ length: 51 }, (_, i) => `group-${i}`);
    const [reply] = await client.request({ type: 'get_status', groupIds });
    expect(reply).toMatchObject({ type: 'error', code: 'TOO_MANY' });
  });
});

describe('[SE9] over a budget', () => {
  it('a frame is answered RATE_LIMITED, and nobody else is', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const [client, other] = await Promise.all([alice.connect(), bob.connect()]);
    const refused = await refusalsOf(client, { type: 'hello' }, 160);
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) expect(error).toMatchObject(limited);
    await other.ask('connection_established', { type: 'hello' });
    await client.ask('pong', { type: 'ping' });
  });

  it('a request is answered 429', async () => {
    const alice = await User.create('alice');
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => alice.call('GET', '/me/stats')),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, body } of refused) {
      expect(status).toBe(429);
      expect(body).toMatchObject({
        error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) },
      });
    }
  });

  it('typing is dropped: of many frames others see one', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const { groupId } = conversation;
    const [alice, bob] = await Promise.all(users.map((user) => user.subscribe(groupId)));
    if (!alice || !bob) throw new Error('not subscribed');
    for (let i = 0; i < 40; i++) alice.send({ type: 'typing', groupId });
    await bob.next('typing_indicator');
    // Replies come in any order, but all frames before this answer have reached the service.
    await alice.ask('pong', { type: 'ping' });
    await conversation.say(users[0]);
    await bob.next('new_message');
    expect(bob.frames.filter(({ type }) => type === 'typing_indicator')).toHaveLength(1);
    expect(alice.frames.filter(({ type }) => type === 'error')).toEqual([]);
  });
});

describe('[SE9] connections', () => {
  it('above twenty end the one that would end first, and say why', async () => {
    const alice = await User.create('alice');
    const first = await alice.open(await alice.issueToken(1800));
    for (let i = 0; i < 20; i++) await alice.open();
    expect(await first.next('error')).toMatchObject({ code: 'TOO_MANY' });
    expect(await first.closed).toBe(1000);
  });

  it('have fifty groups open at most', async () => {
    const alice = await User.create('alice');
    const groups = await Promise.all(Array.from({ length: 51 }, () => Conversation.start([alice])));
    const ids = groups.map(({ groupId }) => groupId);
    const client = await alice.subscribe(...ids.slice(0, 50));
    const [reply] = await client.request({ type: 'subscribe_group', groupId: ids[50] });
    expect(reply).toMatchObject({ type: 'subscription_error', code: 'TOO_MANY' });
  });
});
