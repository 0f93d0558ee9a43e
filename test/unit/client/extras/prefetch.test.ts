import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  establish,
  type ScriptedClientOptions,
  scriptedClient,
} from '../support/scripted-client.ts';
import type { ScriptedRequest } from '../support/scripted-host.ts';

/** The service's answer to any page of history of any group. */
function history({ path }: ScriptedRequest) {
  const { pathname, searchParams } = new URL(path, 'https://api.test');
  const groupId = pathname.split('/')[2] ?? '';
  const limit = Number(searchParams.get('limit'));
  const after = searchParams.get('after');
  const before = Number(searchParams.get('before') ?? 201);
  const first = after === null ? Math.max(1, before - limit) : Number(after) + 1;
  const messages = Array.from({ length: limit }, (_, i) => aMessage(first + i, { groupId }));
  return { body: { messages: messages.filter(({ seq }) => seq <= 200), lastSeq: 200 } };
}

const groupOf = (name: string, createdAt: number, with_: Partial<GroupStatus> = {}) =>
  aStatus({
    ...{ groupId: name, lastSeq: 200, readSeq: 195, unreadCount: 5 },
    lastMessage: {
      ...{ messageId: `${name}.200`, seq: 200, senderId: 'ann', messageType: 'text' },
      ...{ content: '', createdAt: createdAt - 100_000 },
    },
    ...with_,
  });

async function connected(options: ScriptedClientOptions, ...groups: GroupStatus[]) {
  const scripted = scriptedClient({ answer: history, ...options });
  void scripted.client.connect();
  await establish(scripted.host, ...groups);
  return scripted;
}

const pathsOf = (requests: readonly ScriptedRequest[]) =>
  requests.filter(({ path }) => path.includes('/messages')).map(({ path }) => path);

describe('after connecting', () => {
  it('the newest of the groups that were active last is loaded, and told as delivered', async () => {
    const groups = ['a', 'b', 'c', 'd'].map((name, i) => groupOf(name, i));
    const { host, client } = await connected({ prefetchGroups: 3 }, ...groups);
    await host.advance(3000);
    expect(pathsOf(host.requests)).toEqual(
      ['d', 'c', 'b'].map((name) => `/groups/${name}/messages?before=201&limit=50`),
    );
    expect(client.group('d').messages.length).toBe(50);
    await host.advance(5000);
    const [frame] = host.socket.sentOf('mark_delivered');
    const told = frame?.messageIds as string[];
    expect(told.length).toBe(15);
    expect(told).toContain('b.196');
  });

  it('nothing is, where it is there already or nobody wants it', async () => {
    const none = await connected({ prefetchGroups: 0 }, groupOf('a', 1));
    await none.host.advance(5000);
    expect(pathsOf(none.host.requests)).toEqual([]);
    const opened = await connected(
      { prefetchGroups: 3 },
      groupOf('a', 1),
      groupOf('b', 2, { lastSeq: 0 }),
    );
    await opened.client.group('a').history();
    await opened.host.advance(5000);
    expect(pathsOf(opened.host.requests).length).toBe(1);
  });

  it('again, what is missing after what is loaded', async () => {
    const { host, client } = await connected({ prefetchGroups: 1 }, groupOf('a', 1));
    await client.group('a').history();
    host.socket.drop();
    await host.advance(1000);
    host.answer = ({ path }) => {
      const messages = [201, 202].map((seq) => aMessage(seq, { groupId: 'a' }));
      return path.includes('after=200') ? { body: { messages, lastSeq: 202 } } : new Error(path);
    };
    await establish(host, groupOf('a', 2, { lastSeq: 202 }));
    await host.advance(3000);
    expect(client.group('a').messages.at(-1)).toMatchObject({ seq: 202 });
  });

  it('is not done on a connection that is lost until then', async () => {
    const { host } = await connected({ prefetchGroups: 3 }, groupOf('a', 1));
    host.socket.drop();
    await host.advance(400);
    expect(host.requests.length).toBe(0);
  });
});

it('the first page of history is the newest, whether or not it was loaded before', async () => {
  const { host, client } = await connected({ prefetchGroups: 1 }, groupOf('a', 1));
  await host.advance(3000);
  const group = client.group('a');
  const page = await group.history({ limit: 10 });
  expect(page.messages.map(({ seq }) => seq)).toEqual([
    191, 192, 193, 194, 195, 196, 197, 198, 199, 200,
  ]);
  const next = await group.history({ limit: 10 });
  expect(next.messages.at(-1)?.seq).toBe(150);
  expect(group.messages.length).toBe(60);
});
