import { SeenbyServer } from '@seenby/server';
import { describe, expect, it } from 'vitest';

const url = 'https://seenby.test';

interface Call {
  method: string;
  path: string;
  actAs: string | null;
  token: string | null;
  body: unknown;
}

type Answer = [status: number, body?: unknown] | Error;

const refusal = (code: string, more: object = {}) => ({ error: { code, message: code, ...more } });

/** A service that gives these answers, the last of them for ever. */
function scripted(...answers: Answer[]) {
  const calls: Call[] = [];
  const waits: number[] = [];
  let [now, tokens] = [0, 0];
  const fetch = async (input: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    calls.push({
      ...{ method: init.method ?? '', path: input.slice(url.length) },
      ...{ actAs: headers.get('seenby-act-as'), token: headers.get('authorization') },
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    });
    const answer = answers[Math.min(calls.length, answers.length) - 1] as Answer;
    if (answer instanceof Error) throw answer;
    return new Response(JSON.stringify(answer[1] ?? {}), { status: answer[0] });
  };
  const server = new SeenbyServer({
    url: `${url}/`,
    getToken: async () => tokenUntil(now + 3_600_000, ++tokens),
    surroundings: {
      fetch: fetch as never,
      wait: async (ms) => waits.push(ms),
      clock: () => now,
      random: () => 0.5,
    },
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { server, calls, waits, pass, tokensAsked: () => tokens };
}

/** Of no issuer: the package looks for when it ends alone. */
function tokenUntil(ms: number, n: number): string {
  const claims = Buffer.from(JSON.stringify({ exp: ms / 1000, n })).toString('base64url');
  return `e30.${claims}.`;
}

const group = { groupId: 'team', name: 'Team', ownerId: 'ann', memberIds: ['bob'] };
const sent = [201, { message: { seq: 1 } }] satisfies Answer;

describe('a request of a backend', () => {
  it('names whom it acts for, and has ids in its path as they are written there', async () => {
    const { server, calls } = scripted(sent);
    await server.as('auth0|ann').send('a/b', { clientMessageId: 'm1' });
    expect(calls).toMatchObject([
      {
        ...{ method: 'POST', path: '/groups/a%2Fb/messages', actAs: 'auth0|ann' },
        body: { clientMessageId: 'm1', content: '' },
      },
    ]);
  });

  it('is made again while it is not answered or fails, later each time', async () => {
    const { server, calls, waits } = scripted(
      new TypeError('fetch failed'),
      [503],
      [500, refusal('INTERNAL')],
      sent,
    );
    const message = await server.as('ann').send('team', { clientMessageId: 'm1' });
    expect(message).toEqual({ seq: 1 });
    expect(calls.map(({ body }) => body)).toEqual(Array(4).fill(calls[0]?.body));
    expect(waits).toEqual([200, 400, 800]);
  });

  it('is given up after five times', async () => {
    const { server, calls } = scripted(new TypeError('fetch failed'));
    await expect(server.as('ann').unread()).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(calls).toHaveLength(5);
  });

  it('waits for as long as the service says', async () => {
    const { server, waits } = scripted(
      [429, refusal('RATE_LIMITED', { retryAfterMs: 1234 })],
      sent,
    );
    await server.as('ann').send('team', { clientMessageId: 'm1' });
    expect(waits).toEqual([1234]);
  });

  it.each([
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [400, 'BAD_REQUEST'],
  ])('that is refused with %i is not made again', async (status, code) => {
    const { server, calls } = scripted([status, refusal(code)]);
    const failed = server.as('ann').send('team', { clientMessageId: 'm1' });
    await expect(failed).rejects.toMatchObject({ name: 'SeenbyError', code });
    expect(calls).toHaveLength(1);
  });

  it('takes for done what it took away before its answer was lost, and nothing else', async () => {
    const gone = [404, refusal('NOT_FOUND')] satisfies Answer;
    const lost = scripted(new TypeError('fetch failed'), gone);
    await lost.server.as('ann').removeMember('team', 'bob');
    const never = scripted(gone);
    await expect(never.server.as('ann').removeMember('team', 'bob')).rejects.toThrow('NOT_FOUND');
    const late = scripted([429], gone);
    await expect(late.server.as('ann').deleteGroup('team')).rejects.toThrow('NOT_FOUND');
  });
});

describe('the token of a backend', () => {
  it('is asked for once, and anew a minute before it ends', async () => {
    const { server, pass, tokensAsked } = scripted([200, { groups: [] }]);
    await Promise.all([server.as('ann').unread(), server.as('bob').unread()]);
    pass(3_539_000);
    await server.as('ann').unread();
    expect(tokensAsked()).toBe(1);
    pass(1000);
    await server.as('ann').unread();
    expect(tokensAsked()).toBe(2);
  });

  it('is asked for anew when it is refused', async () => {
    const { server, calls, tokensAsked } = scripted([401, refusal('UNAUTHORIZED')], sent);
    await server.as('ann').send('team', { clientMessageId: 'm1' });
    expect(tokensAsked()).toBe(2);
    expect(calls[0]?.token).not.toBe(calls[1]?.token);
  });

  it('that cannot be had is told as such, and asked for the next time', async () => {
    let isBroken = true;
    const getToken = () => {
      if (isBroken) throw new Error('no provider');
      return 'token';
    };
    const fetch = async () => new Response('{}', { status: 200 });
    const server = new SeenbyServer({ url, getToken, surroundings: { fetch } });
    await expect(server.as('ann').unread()).rejects.toMatchObject({
      ...{ code: 'NO_TOKEN', message: expect.stringContaining('no provider') },
    });
    isBroken = false;
    await server.as('ann').unread();
  });
});

it('a user is erased step by step', async () => {
  const { server, calls } = scripted([202, { remaining: 70 }], [503], [202, { remaining: 0 }]);
  await server.eraseUser('auth0|ann');
  const erasing = { method: 'DELETE', path: '/users/auth0%7Cann', actAs: null };
  expect(calls).toMatchObject([erasing, erasing, erasing]);
});

describe('a group', () => {
  it('that its owner has already is answered as it is', async () => {
    const mine = { groupId: 'team', role: 'owner' };
    const { server, calls } = scripted([409, refusal('CONFLICT')], [200, mine]);
    expect(await server.createGroup(group)).toEqual(mine);
    expect(calls[1]).toMatchObject({ method: 'GET', path: '/groups/team', actAs: 'ann' });
  });

  it.each([
    [200, { groupId: 'team', role: 'member' }],
    [404, refusal('NOT_FOUND')],
  ])('that is somebody else’s is a conflict (%i)', async (...answer) => {
    const { server } = scripted([409, refusal('CONFLICT')], answer);
    await expect(server.createGroup(group)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('gets the members that it is to have, page by page', async () => {
    const page = (next: string | null, ...ids: string[]) =>
      [200, { members: ids.map((userId) => ({ userId })), next }] satisfies Answer;
    const added = [200, { added: ['dan'] }] satisfies Answer;
    const { server, calls } = scripted(page('c1', 'ann', 'bob'), page(null, 'cat'), added, [
      404,
      refusal('NOT_FOUND'),
    ]);
    const changes = await server.setMembers('team', 'ann', ['bob', 'dan']);
    expect(changes).toEqual({ added: ['dan'], removed: ['cat'] });
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /groups/team/members?limit=500',
      'GET /groups/team/members?limit=500&cursor=c1',
      'POST /groups/team/members',
      'DELETE /groups/team/members/cat',
    ]);
  });
});
