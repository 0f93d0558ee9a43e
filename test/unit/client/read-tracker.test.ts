import { describe, expect, it } from 'vitest';
import type { ReceivedFrame } from '../../../packages/client/src/transport/websocket-transport.ts';
import {
  aMessage,
  answerHello,
  aStatus,
  connectedClient,
  establish,
  established,
  groupId,
  me,
  memoryStorage,
  pushed,
  scriptedClient,
  versionOf,
} from './support/scripted-client.ts';
import { confirmDelivery, confirmRead, readsSent, tenMessages } from './support/ten-messages.ts';

describe('reading', () => {
  it('counts at once, goes out at once, and then once a second at most', async () => {
    const { client, host, group } = await tenMessages();
    group.markRead(4);
    expect([group.readSeq, group.countUnread(), group.firstUnread]).toEqual([4, 6, 5]);
    expect(client.totalUnread).toBe(6);
    await host.settle();
    expect(readsSent(host)).toEqual([4]);
    for (const upTo of [5, 6, 7]) group.markRead(upTo);
    await confirmRead(host, 4, 6);
    expect(group.countUnread()).toBe(3);
    await host.advance(999);
    expect(readsSent(host)).toEqual([4]);
    await host.advance(1);
    expect(readsSent(host)).toEqual([4, '5-7']);
    await confirmRead(host, 7, 3);
    await host.advance(5000);
    expect(readsSent(host)).toEqual([4, '5-7']);
  });

  it('[RD2] says nothing about what has been read already', async () => {
    const { host, group } = await tenMessages();
    group.markRead(2);
    group.markRead(1);
    await host.advance(5000);
    expect(readsSent(host)).toEqual([]);
  });

  it('stops at a gap, and goes on once it is filled', async () => {
    const { host, group } = await tenMessages();
    host.answer = () => new Error('no network');
    host.socket.push(pushed(12));
    group.markRead();
    await host.settle();
    expect(readsSent(host)).toEqual([10]);
    await confirmRead(host, 10, 0);
    host.socket.push(pushed(11));
    await host.advance(1000);
    expect(readsSent(host)).toEqual([10, 12]);
  });

  it('waits for a connection', async () => {
    const { host, group } = await tenMessages();
    host.socket.drop();
    group.markRead(4);
    group.markRead(6);
    expect(group.countUnread()).toBe(4);
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
    expect(group.countUnread()).toBe(4);
    expect(readsSent(host)).toEqual([6]);
  });

  it('of a group on no screen goes on once what was missed has been fetched', async () => {
    const { host, group } = await tenMessages();
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 12, readSeq: 2, unreadCount: 10 }));
    host.answer = () => ({ body: { messages: [aMessage(11), aMessage(12)], lastSeq: 12 } });
    group.markRead();
    expect(group.readSeq).toBe(10);
    await host.advance(10);
    expect([group.readSeq, group.countUnread()]).toEqual([12, 0]);
  });

  it('is sent again when its confirmation was lost', async () => {
    const { host, group } = await tenMessages();
    group.markRead(4);
    await host.settle();
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
    await host.advance(1000);
    expect(readsSent(host)).toEqual([4]);
  });

  it('[SY3] survives the page in the storage, for this user only', async () => {
    const storage = memoryStorage();
    const before = await tenMessages({ storage });
    before.host.socket.drop();
    before.group.markRead(6);
    before.group.markSeen([9]);
    expect(storage.size()).toBe(1);

    const after = await connectedClient(
      { lastSeq: 10, readSeq: 2, unreadCount: 8 },
      { storage: { ...storage } },
    );
    expect(after.group.countUnread()).toBeLessThanOrEqual(4);
    expect(readsSent(after.host)).toEqual([[6, '9']]);
    await confirmRead(after.host, 6, 3);
    await after.host.advance(2000);
    confirmDelivery(after.host, 10);
    await after.host.settle();
    expect(storage.size()).toBe(0);
    expect(after.group.countUnread()).toBe(3);

    before.group.markRead(7);
    const other = scriptedClient({ storage });
    void other.client.connect();
    const stranger = { ...established(aStatus({ lastSeq: 10 })), userId: 'somebody' };
    await answerHello(other.host, stranger as ReceivedFrame);
    await other.host.advance(5000);
    expect(other.host.socket.sent.map(({ type }) => type)).toEqual(['hello']);
  });

  it('works with a storage that holds nonsense or nothing', async () => {
    const broken = {
      getItem: () => '{"team":{"read":[{"from":"x"',
      setItem: () => {
        throw new Error('quota');
      },
      removeItem: () => {},
    };
    const { host, group } = await tenMessages({ storage: broken });
    group.markRead(4);
    await host.settle();
    expect(readsSent(host)).toEqual([4]);
  });

  it('leaves with the page by a request that outlives it', async () => {
    const { host, group } = await tenMessages();
    host.answer = () => ({ body: {} });
    group.markRead(4);
    group.markRead(6);
    group.markSeen([9]);
    host.page('hidden');
    await host.settle();
    const left = host.requests.filter(({ isKeptAlive }) => isKeptAlive);
    expect(left).toMatchObject([
      { path: `/groups/${groupId}/read`, body: { ranges: [{ fromSeq: 9, toSeq: 9 }] } },
      { path: '/me/read', body: { positions: [{ groupId, upTo: 6 }] }, token: 'token' },
    ]);
  });

  it('gives up what the service will never take, and says so', async () => {
    const { client, host, group } = await tenMessages();
    const codes: string[] = [];
    client.on('error', ({ error }) => codes.push(error.code));
    group.markRead(4);
    await host.settle();
    host.socket.reply('mark_read', { type: 'error', code: 'NOT_FOUND', message: 'Gone.' });
    await host.advance(5000);
    expect(codes).toEqual(['NOT_FOUND']);
    expect(readsSent(host)).toEqual([4]);
  });

  it('tries again where the service asks for time', async () => {
    const { host, group } = await tenMessages();
    group.markRead(4);
    await host.settle();
    const busy = { type: 'error', code: 'RATE_LIMITED', message: 'Slow.' } as const;
    host.socket.reply('mark_read', { ...busy, retryAfterMs: 3000 });
    await host.advance(2999);
    expect(readsSent(host)).toEqual([4]);
    await host.advance(1);
    expect(readsSent(host)).toEqual([4, 4]);
  });
});

describe('what is seen', () => {
  it('is read as far as it follows on, across own messages', async () => {
    const { host, group } = await connectedClient({ lastSeq: 4, readSeq: 0, unreadCount: 3 });
    const messages = [1, 2, 3, 4].map((seq) => aMessage(seq, seq === 2 ? { senderId: me } : {}));
    host.answer = () => ({ body: { messages, lastSeq: 4 } });
    await group.history();
    group.markSeen([1]);
    await host.settle();
    group.markSeen([3]);
    expect([group.readSeq, group.countUnread()]).toEqual([3, 1]);
    await host.settle();
    await confirmRead(host, 2, 2);
    await host.advance(1000);
    expect(readsSent(host)).toEqual([1, '2-3']);
  });

  it('leaves unread what was skipped', async () => {
    const { host, group } = await tenMessages();
    group.markSeen([9, 10]);
    expect([group.readSeq, group.countUnread(), group.firstUnread]).toEqual([2, 6, 3]);
    await host.settle();
    expect(readsSent(host)).toEqual(['9-10']);
    await confirmRead(host, 2, 6);
    for (const seq of [3, 4, 5, 6, 7, 8]) group.markSeen([seq]);
    expect([group.countUnread(), group.firstUnread]).toEqual([0, undefined]);
    await host.advance(1000);
    expect(readsSent(host).at(-1)).toBe(8);
  });

  it('[RD7] is not read after the badge was put back, until the user says so', async () => {
    const { host, group } = await tenMessages();
    group.markRead(10);
    await host.settle();
    const putBack = group.markUnread(7);
    await confirmRead(host, 10, 0);
    await host.settle();
    // The pending read went first: it would have cleared the badge.
    expect(host.socket.sent.map(({ type }) => type).slice(-2)).toEqual([
      'mark_read',
      'mark_unread',
    ]);
    host.socket.reply('mark_unread', {
      ...{ type: 'mark_unread_confirmed', groupId, readSeq: 6, unreadCount: 4 },
      ...{ mentionCount: 0, lastSeq: 10, stateVersion: versionOf(1000, 10) },
    });
    await putBack;
    expect([group.readSeq, group.countUnread(), group.firstUnread]).toEqual([6, 4, 7]);
    group.markSeen([7, 8, 9, 10]);
    expect(group.isReadingSuspended).toBe(true);
    expect(group.countUnread()).toBe(4);
    group.markRead();
    expect(group.countUnread()).toBe(0);
    await host.advance(1000);
    expect(readsSent(host)).toEqual([10, 10]);
  });
});

it('[RD7] is read as before when putting the badge back failed', async () => {
  const { host, group } = await tenMessages();
  host.socket.drop();
  await expect(group.markUnread(1)).rejects.toMatchObject({ code: 'OFFLINE' });
  group.markSeen([3]);
  expect(group.readSeq).toBe(3);
});
