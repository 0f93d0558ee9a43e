import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import { service, uniqueId } from '../../support/wire/service.ts';
import { call, User } from '../../support/wire/user.ts';

interface Raw {
  method?: string;
  path: string;
  /** A header with several values is sent as often. */
  headers: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

/** A request as it stands, where `fetch` would join or clean it. */
function send({ method = 'GET', path, headers, body }: Raw): Promise<number> {
  const start = service.httpUrl.startsWith('https:') ? secureRequest : request;
  return new Promise((resolve, reject) => {
    const asked = start(service.httpUrl + path, { method, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.once('error', reject).end(body);
  });
}

const [alice, mallory] = (await User.createAll('alice', 'mallory')) as [User, User];
const bearer = (user: User): string => `Bearer ${user.token}`;

describe('[SE1] who asks is told by one token in one header', () => {
  it.each([
    ['two headers, both good', [bearer(mallory), bearer(alice)]],
    ['two headers, the second one good', ['Bearer x.y.z', bearer(alice)]],
    ['two tokens in one header', `${bearer(mallory)}, ${bearer(alice)}`],
    ['two tokens and a blank', `${bearer(mallory)} ${alice.token}`],
    ['no scheme', alice.token],
    ['another scheme', `Basic ${Buffer.from(`alice:${alice.token}`).toString('base64')}`],
    ['a scheme of its own', `Token ${alice.token}`],
    ['nothing after the scheme', 'Bearer '],
    ['quotes', `Bearer "${alice.token}"`],
  ])('%s: 401', async (_, authorization) => {
    // Node's client keeps the second of two equal headers, as the wire has them.
    const headers = { authorization: authorization as string };
    expect(await send({ path: '/me/unread', headers })).toBe(401);
  });

  it('other headers, cookies and fields of the query or the body name nobody', async () => {
    const { conversation, users } = await Conversation.among('owner', 'bob');
    const [owner] = users;
    await conversation.say(owner);
    const before = await observe(conversation);
    const names = [
      'x-user-id',
      'x-forwarded-user',
      'x-amzn-oidc-identity',
      'x-authenticated-userid',
    ];
    const claimed = Object.fromEntries(names.map((name) => [name, owner.userId]));
    const headers = { authorization: bearer(mallory), cookie: `token=${owner.token}`, ...claimed };
    const { path } = conversation;
    for (const route of [path, `${path}/messages`]) {
      expect(await send({ path: route, headers })).toBe(404);
    }
    const read = JSON.stringify({ upTo: 1 });
    expect(await send({ method: 'POST', path: `${path}/read`, headers, body: read })).toBe(404);
    const said = JSON.stringify({ clientMessageId: 'm', content: 'x', senderId: owner.userId });
    for (const user of [owner, mallory]) {
      const own = { ...headers, authorization: bearer(user) };
      expect(
        await send({ method: 'POST', path: `${path}/messages`, headers: own, body: said }),
      ).toBe(400);
    }
    expect(await send({ path: `/me/unread?userId=${owner.userId}`, headers })).toBe(400);
    expect(await observe(conversation)).toEqual(before);
  });
});

describe('[SE4] a request is what its line says', () => {
  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    '%s changes no method',
    async (name) => {
      const conversation = await Conversation.start([alice]);
      const headers = { authorization: bearer(alice), [name]: 'DELETE' };
      expect(await send({ path: conversation.path, headers })).toBe(200);
      expect(await send({ path: `${conversation.path}?_method=DELETE`, headers })).toBe(400);
      expect((await conversation.status(alice)).groupId).toBe(conversation.groupId);
    },
  );

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'name=Mine&memberIds=x'],
    ['XML', 'application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['bytes that are no UTF-8', 'application/json', Buffer.from('7b226e616d65223a22ff22', 'hex')],
    ['half of a JSON text', 'application/json', '{"name":"Mi'],
    ['a JSON text twice', 'application/json', '{"name":"A","memberIds":[]}{"name":"B"}'],
    ['10,000 levels', 'application/json', `{"name":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['UTF-16', 'application/json; charset=utf-16', Buffer.from('{"name":"A"}', 'utf16le')],
  ])('a body of %s is refused', async (_, type, body) => {
    const headers = { authorization: bearer(alice), 'content-type': type };
    expect(await send({ method: 'POST', path: '/groups', headers, body })).toBe(400);
  });

  it('a body of more than a megabyte is refused, whatever it says', async () => {
    const memberIds = Array.from({ length: 9000 }, (_, i) => `${i}`.padEnd(128, 'x'));
    const groupId = uniqueId('huge');
    const { status, body } = await alice.call('POST', '/groups', { groupId, name: 'A', memberIds });
    expect([status, body.error.code]).toEqual([413, 'TOO_MANY']);
    expect((await call(alice.token, 'GET', `/groups/${groupId}`)).status).toBe(404);
  });
});
