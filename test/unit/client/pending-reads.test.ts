import type { Message } from '@seenby/protocol/entities.ts';
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
  versionOf,
} from './support/scripted-client.ts';
import type { Browser, ScriptedHost } from './support/scripted-host.ts';
import { confirmRead, deliveriesSent, readsSent, tenMessages } from './support/ten-messages.ts';

const seqsTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

/** A group with so many messages, none of them read, some of them changed. */
async function loadedGroup(lastSeq: number, changed: Record<number, Partial<Message>> = {}) {
  const scripted = await connectedClient({ lastSeq, readSeq: 0, unreadCount: lastSeq });
  const messages = seqsTo(lastSeq).map((seq) => aMessage(seq, changed[seq]));
  scripted.host.answer = () => ({ body: { messages, lastSeq } });
  await scripted.group.history({ limit: lastSeq });
  return scripted;
}

const aRange = (fromSeq: number, toSeq: number) => ({ ranges: [{ fromSeq, toSeq }] });

const leftWithPage = ({ requests }: ScriptedHost) =>
  requests.filter(({ isKeptAlive }) => isKeptAlive).map(({ path, body }) => [path, body]);

const confirmSingle = (host: ScriptedHost) => confirmRead(host, 2, 0);

describe('messages that are seen', () => {
  it('are read up to the last that follows on, and by ranges above it, in one frame', async () => {
    const { host, group } = await tenMessages();
    group.markSeen([1, 2, 3, 4, 9]);
    expect([group.readSeq, group.countUnread()]).toEqual([4, 5]);
    await host.settle();
    expect(readsSent(host)).toEqual([[4, '9']]);
  });

  it('are not told when they are own ones, recalled ones or none that are known', async () => {
    const { host, group } = await loadedGroup(9, {
      8: { senderId: me },
      9: { recalled: true, content: '' },
    });
    group.markSeen([8, 9, 20]);
    await host.advance(5000);
    expect(readsSent(host)).toEqual([]);
    expect(group.readSeq).toBe(0);
  });

  it('follow on across a recalled one', async () => {
    const { host, group } = await loadedGroup(4, { 2: { recalled: true, content: '' } });
    group.markSeen([1]);
    group.markSeen([3]);
    expect(group.readSeq).toBe(3);
    await host.settle();
    expect(readsSent(host)).toEqual([3]);
  });

  it('go out in fifty ranges at a time, a second apart', async () => {
    const { host, group } = await loadedGroup(140);
    const seen = seqsTo(140).filter((seq) => seq > 20 && seq % 2 === 1);
    group.markSeen(seen);
    await host.settle();
    await confirmSingle(host);
    const ids = seen.map(String);
    expect(readsSent(host)).toEqual([ids.slice(0, 50)]);
    await host.advance(999);
    expect(readsSent(host)).toHaveLength(1);
    await host.advance(1);
    expect(readsSent(host)).toEqual([ids.slice(0, 50), ids.slice(50)]);
    await confirmSingle(host);
    await host.advance(5000);
    expect(readsSent(host)).toHaveLength(2);
  });

  it('while others are on their way, go next', async () => {
    const { host, group } = await tenMessages();
    group.markSeen([7]);
    await host.settle();
    group.markSeen([9]);
    await confirmSingle(host);
    await host.advance(1000);
    expect(readsSent(host)).toEqual(['7', '9']);
  });

  it('without a connection go out with the next one', async () => {
    const { host, group } = await tenMessages();
    host.socket.drop();
    group.markSeen([9]);
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
    expect(readsSent(host)).toEqual(['9']);
  });

  it('below a position that is read are not told by themselves', async () => {
    const { host, group } = await tenMessages();
    host.socket.drop();
    group.markSeen([5]);
    group.markRead(6);
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
    await confirmRead(host, 6, 4);
    await host.advance(5000);
    expect(readsSent(host)).toEqual([6]);
  });
});

describe('listeners', () => {
  it('are told of what changed, and of nothing else', async () => {
    const { client, host, group } = await tenMessages();
    const told: unknown[] = [];
    client.on('read', ({ readSeq }) => told.push(['read', readSeq]));
    client.on('unread', ({ unreadCount, totalUnread }) => {
      told.push(['unread', unreadCount, totalUnread]);
    });
    group.markRead(4);
    await host.settle();
    await confirmRead(host, 4, 6);
    expect(told.splice(0)).toEqual([
      ['read', 4],
      ['unread', 6, 6],
    ]);
    host.socket.push(pushed(11));
    group.markSeen([9]);
    expect(told.splice(0)).toEqual([
      ['unread', 7, 7],
      ['unread', 6, 6],
    ]);
    host.socket.push(pushed(12, { senderId: me }));
    expect(told.splice(0)).toEqual([]);
  });
});

describe('other tabs', () => {
  it('show a badge that is put back in one of them', async () => {
    const browser: Browser = new Map();
    const one = await tenMessages({ browser });
    const two = await tenMessages({ browser });
    one.group.markRead(10);
    await one.host.settle();
    await confirmRead(one.host, 10, 0);
    const putBack = one.group.markUnread(7);
    await one.host.settle();
    one.host.socket.reply('mark_unread', {
      ...{ type: 'mark_unread_confirmed', groupId, readSeq: 6, unreadCount: 4 },
      ...{ mentionCount: 0, lastSeq: 10, stateVersion: versionOf(1000, 10) },
    });
    await putBack;
    for (const { group } of [one, two]) {
      expect([group.readSeq, group.countUnread(), group.isReadingSuspended]).toEqual([6, 4, true]);
    }
  });
});

describe('deliveries', () => {
  it('are of own messages only where these stand between others', async () => {
    const { host } = await connectedClient({ lastSeq: 2, readSeq: 2 });
    host.socket.push(pushed(3));
    host.socket.push(pushed(4, { senderId: me }));
    host.socket.push(pushed(5));
    await host.advance(3000);
    host.socket.push(pushed(6, { senderId: me }));
    await host.advance(5000);
    expect(deliveriesSent(host)).toEqual(['3-5']);
  });

  it('of what was told before are told no more', async () => {
    const { host, group } = await tenMessages();
    await host.advance(3000);
    host.answer = () => ({
      body: { messages: seqsTo(10).map((seq) => aMessage(seq)), lastSeq: 10 },
    });
    await group.history({ limit: 10 });
    await host.advance(5000);
    expect(deliveriesSent(host)).toEqual(['3-10']);
    host.socket.push(pushed(11));
    await host.advance(3000);
    expect(deliveriesSent(host)).toEqual(['3-10', '11']);
  });
});

describe('a page that is left', () => {
  it('sends nothing when nothing waits', async () => {
    const { host, group } = await connectedClient({ lastSeq: 2, readSeq: 2 });
    host.socket.push(pushed(3));
    group.markRead(3);
    await host.settle();
    await confirmRead(host, 3, 0);
    host.page('hidden');
    await host.settle();
    expect(leftWithPage(host)).toEqual([]);
  });

  it('sends a delivery that no read covers', async () => {
    const { host } = await connectedClient({ lastSeq: 2, readSeq: 2 });
    host.answer = () => ({ body: {} });
    host.socket.push(pushed(3));
    host.page('hidden');
    await host.settle();
    expect(leftWithPage(host)).toEqual([[`/groups/${groupId}/delivered`, aRange(3, 3)]]);
  });

  it('sends a delivery that was told a moment ago, and none that was told before', async () => {
    const { host } = await connectedClient({ lastSeq: 2, readSeq: 2 });
    host.answer = () => ({ body: {} });
    host.socket.push(pushed(3));
    await host.advance(3000 + 10_000);
    host.page('hidden');
    await host.settle();
    expect(leftWithPage(host)).toEqual([]);
    host.socket.push(pushed(4));
    await host.advance(3000 + 9999);
    host.page('hidden');
    await host.settle();
    expect(leftWithPage(host)).toEqual([[`/groups/${groupId}/delivered`, aRange(3, 4)]]);
  });

  it('sends no delivery besides a read: the next page does', async () => {
    const { host, group } = await tenMessages();
    host.answer = () => ({ body: {} });
    group.markSeen([9]);
    host.page('hidden');
    await host.settle();
    expect(leftWithPage(host)).toEqual([[`/groups/${groupId}/read`, aRange(9, 9)]]);
  });

  it('sends fifty ranges of a group at most', async () => {
    const { host, group } = await loadedGroup(140);
    host.answer = () => ({ body: {} });
    const seen = seqsTo(140).filter((seq) => seq > 20 && seq % 2 === 1);
    group.markSeen(seen);
    host.page('hidden');
    await host.settle();
    const ranges = seen.slice(0, 50).flatMap((seq) => aRange(seq, seq).ranges);
    expect(leftWithPage(host)).toEqual([[`/groups/${groupId}/read`, { ranges }]]);
  });
});

it('what one user has read is never told as another', async () => {
  const storage = memoryStorage();
  const { host, group } = await tenMessages({ storage });
  host.socket.drop();
  group.markRead(6);
  await host.advance(250);
  const other = established(aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
  await answerHello(host, { ...other, userId: 'somebody' } as ReceivedFrame);
  await host.advance(5000);
  expect(readsSent(host)).toEqual([]);
  expect(storage.size()).toBe(1);
});
