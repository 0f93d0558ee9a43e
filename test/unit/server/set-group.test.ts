import { SeenbyServer } from '@seenby/server';
import { expect, it } from 'vitest';

interface Request {
  name?: string;
  memberIds?: string[];
}

/** A service with one group that was made before, of ann; answers are held back until they are let go. */
function serviceWithTeam(memberIds: readonly string[]) {
  const members = new Set(memberIds);
  let name = 'Team';
  const answers: (() => void)[] = [];
  const exists = { error: { code: 'CONFLICT', message: 'exists' } };
  const page = () => ({ members: [...members].map((userId) => ({ userId })), next: null });
  const act = (
    method: string,
    path: string,
    actAs: string | null,
    body: Request,
  ): [number, object] => {
    if (path === '/groups') return [409, exists];
    if (path === '/groups/team' && method === 'PATCH') name = body.name ?? name;
    if (path === '/groups/team') return [200, { name, role: actAs === 'ann' ? 'owner' : 'member' }];
    if (method === 'GET') return [200, page()];
    if (method === 'DELETE') members.delete(path.split('/').at(-1) ?? '');
    else for (const userId of body.memberIds ?? []) members.add(userId);
    return [200, { added: body.memberIds ?? [] }];
  };
  const fetch = async (
    input: string,
    { method = '', headers, body }: RequestInit,
  ): Promise<Response> => {
    await new Promise<void>((resolve) => answers.push(resolve));
    const actAs = new Headers(headers).get('seenby-act-as');
    const asked = JSON.parse(String(body ?? '{}')) as Request;
    const [status, answer] = act(method, new URL(input).pathname, actAs, asked);
    return new Response(JSON.stringify(answer), { status });
  };
  const server = new SeenbyServer({
    ...{ url: 'https://seenby.test', getToken: () => 'token' },
    surroundings: { fetch: fetch as never },
  });
  /** Lets the requests answer, the latest of those that wait first. */
  const answerAll = async (ended: Promise<unknown>) => {
    let hasEnded = false;
    ended.finally(() => (hasEnded = true)).catch(() => {});
    while (!hasEnded) {
      answers.pop()?.();
      await new Promise(setImmediate);
    }
  };
  return { server, members, nameOf: () => name, answerAll };
}

const team = (name: string, ...memberIds: string[]) => ({
  ...{ groupId: 'team', name, ownerId: 'ann', memberIds },
});

it('gives a group that is there its name and its members', async () => {
  const { server, members, nameOf, answerAll } = serviceWithTeam(['ann', 'bob']);
  const changes = server.setGroup(team('Kitchen', 'cat'));
  await answerAll(changes);
  expect(await changes).toEqual({ added: ['cat'], removed: ['bob'] });
  expect([...members]).toEqual(['ann', 'cat']);
  expect(nameOf()).toBe('Kitchen');
});

it('of two calls at once, the members of the later one hold', async () => {
  const { server, members, nameOf, answerAll } = serviceWithTeam(['ann']);
  const both = [server.setGroup(team('One', 'bob')), server.setGroup(team('Two', 'bob', 'cat'))];
  await answerAll(Promise.all(both));
  expect([...members].sort()).toEqual(['ann', 'bob', 'cat']);
  expect(nameOf()).toBe('Two');
  expect(await Promise.all(both)).toEqual([
    { added: ['bob'], removed: [] },
    { added: ['cat'], removed: [] },
  ]);
});

it('a call that fails holds nobody up', async () => {
  const { server, members, answerAll } = serviceWithTeam(['ann']);
  const wrong = server.setGroup({ ...team('One'), ownerId: 'eve' });
  const right = server.setMembers('team', 'ann', ['bob']);
  await answerAll(Promise.allSettled([wrong, right]));
  await expect(wrong).rejects.toMatchObject({ code: 'CONFLICT' });
  expect([...members].sort()).toEqual(['ann', 'bob']);
});
