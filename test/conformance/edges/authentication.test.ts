import type { ErrorAnswer } from '@seenby/protocol/errors.ts';
import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import { service } from '../../support/wire/service.ts';
import { badTokens, expiryOf } from '../../support/wire/tokens.ts';
import { upgrade } from '../../support/wire/upgrade.ts';
import { call, socketUrl, User } from '../../support/wire/user.ts';

const routes = httpRoutes.map(
  (route) => route.replace(/\{[^}]+\}/g, '1').split(' ') as [method: string, path: string],
);

describe('[SE1] without a valid token', () => {
  it.each(badTokens)('HTTP answers 401: $kind', async ({ code, make }) => {
    const { status, body } = await call<ErrorAnswer>(await make(), 'GET', '/me/unread');
    expect(status).toBe(401);
    expect(body).toEqual({ error: { code, message: expect.any(String) } });
  });

  it.each(badTokens)('the upgrade is refused with 401, token in the query: $kind', async (bad) => {
    const outcome = await upgrade({ url: socketUrl(await bad.make()) });
    expect(outcome).toEqual({ outcome: 'refused', status: 401 });
  });

  it.each(badTokens)(
    'the upgrade is refused with 401, token as subprotocol: $kind',
    async (bad) => {
      const token = await bad.make();
      const protocols = ['seenby.v1', ...(token === undefined ? [] : [`bearer.${token}`])];
      const outcome = await upgrade({ url: service.wsUrl, protocols });
      expect(outcome).toEqual({ outcome: 'refused', status: 401 });
    },
  );

  it.each(routes)('%s %s answers 401 before anything else', async (method, path) => {
    const body = method === 'GET' ? undefined : 'not JSON';
    const answer = await call<ErrorAnswer>(undefined, method, path, body);
    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('UNAUTHORIZED');
  });

  it('a token in the query of an HTTP request counts for nothing', async () => {
    const { token } = await User.create('alice');
    expect(await call(undefined, 'GET', `/me/unread?token=${token}`)).toMatchObject({
      status: 401,
    });
  });
});

describe('[SE1] with a valid token', () => {
  it('the query opens a connection, without a subprotocol', async () => {
    const { userId, token } = await User.create('alice');
    const outcome = await upgrade({ url: socketUrl(token) });
    if (outcome.outcome !== 'opened') throw new Error(`refused with ${outcome.status}`);
    expect(outcome.client.protocol).toBe('');
    const hello = await outcome.client.ask('connection_established', { type: 'hello' });
    expect(hello.userId).toBe(userId);
    outcome.client.close();
  });

  it('subprotocols open one, and the token is not echoed', async () => {
    const { userId, token } = await User.create('alice');
    const protocols = ['seenby.v1', `bearer.${token}`];
    const outcome = await upgrade({ url: service.wsUrl, protocols });
    if (outcome.outcome !== 'opened') throw new Error(`refused with ${outcome.status}`);
    expect(outcome.client.protocol).toBe('seenby.v1');
    expect(JSON.stringify(outcome.headers)).not.toContain(token);
    const hello = await outcome.client.ask('connection_established', { type: 'hello' });
    expect(hello.userId).toBe(userId);
    outcome.client.close();
  });

  it('the name in it is the name in lists', async (test) => {
    const [alice, bob] = await Promise.all([User.create('alice'), User.create('bob', 'Bob B.')]);
    test.skip(decodeJwt(bob.token).name !== 'Bob B.', 'the issuer gives no token with this name');
    const conversation = await Conversation.start([alice, bob]);
    await conversation.say(alice);
    await conversation.read(bob, 1);
    expect(await conversation.line(alice, 1, bob)).toMatchObject({ name: 'Bob B.' });
  });
});

describe('[SE1] when the token runs out on a live connection', () => {
  it('nothing more is pushed to it, and its next frame gets TOKEN_EXPIRED, writes nothing and ends it', async (test) => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const lasting = await bob.subscribe(conversation.groupId);
    const token = await bob.issueToken(3);
    const expiresAt = expiryOf(token);
    test.skip(expiresAt > Date.now() + 10_000, 'the issuer gives no token of a few seconds');
    const expiring = await bob.connect(token);
    await expiring.request({ type: 'subscribe_group', groupId: conversation.groupId });
    await expect.poll(() => Date.now()).toBeGreaterThan(expiresAt + 100);

    await conversation.say(alice);
    await lasting.next('new_message');
    const before = await observe(conversation);
    const mark = { type: 'mark_read', groupId: conversation.groupId, upTo: 1 };
    const [error] = await expiring.request(mark);

    expect(error).toMatchObject({ type: 'error', code: 'TOKEN_EXPIRED' });
    await expiring.closed;
    expect(expiring.received('new_message')).toEqual([]);
    expect(expiring.received('read_status_update')).toEqual([]);
    expect(await observe(conversation)).toEqual(before);
  });
});
