import { describe, expect, it } from 'vitest';
import type { ReceivedFrame } from '../../../../packages/client/src/transport/websocket-transport.ts';
import {
  aMessage,
  answerHello,
  aStatus,
  connectedClient,
  establish,
  established,
  groupId,
  memoryStorage,
  pushed,
  scriptedClient,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { sequenceOf } from '../support/sequence.ts';
import {
  confirmDelivery,
  confirmRead,
  deliveriesSent,
  tenMessages,
} from '../support/ten-messages.ts';

const heartbeatMs = 9 * 60_000;
const standing = { lastSeq: 2, readSeq: 2 };
const framesOf = ({ sockets }: ScriptedHost) =>
  sockets.flatMap((socket) => socket.sentOf('mark_delivered'));

const pushedTo = (id: string, seq: number): ReceivedFrame => {
  const message = aMessage(seq, { groupId: id, messageId: `${id}.${seq}` });
  return { type: 'new_message', groupId: id, message };
};

/** A client that is in so many groups, of which nothing is read. */
async function clientOf(groupCount: number) {
  const scripted = scriptedClient();
  void scripted.client.connect();
  const ids = Array.from({ length: groupCount }, (_, i) => `g-${i}`);
  const groups = ids.map((id) => aStatus({ groupId: id, lastSeq: 0 }));
  await answerHello(scripted.host, established(...groups));
  return { ...scripted, ids };
}

describe('one frame', () => {
  it('tells of all groups in which something has arrived', async () => {
    const { host, ids } = await clientOf(20);
    for (const id of ids) for (const seq of [1, 2]) host.socket.push(pushedTo(id, seq));
    await host.advance(5000);
    const messageIds = ids.flatMap((id) => [`${id}.1`, `${id}.2`]);
    expect(framesOf(host)).toMatchObject([{ confirm: false, messageIds }]);
  });

  it('tells of a hundred messages at most', async () => {
    const { host, ids } = await clientOf(15);
    for (const id of ids) for (let seq = 1; seq <= 14; seq++) host.socket.push(pushedTo(id, seq));
    await host.advance(5000);
    const told = framesOf(host).map(({ messageIds }) => messageIds as string[]);
    expect(told.map(({ length }) => length)).toEqual([100, 100, 10]);
    expect(new Set(told.flat()).size).toBe(210);
  });
});

it('500 clients tell of a message in 500 frames, spread over four seconds, and of the next one likewise', async () => {
  const roll = sequenceOf(7);
  const random = () => (1 + roll(999)) / 1000;
  const clients = [];
  for (let i = 0; i < 500; i++) clients.push(await connectedClient(standing, { random }));
  const inSecond: Record<number, number> = {};
  for (const { host } of clients) {
    for (const seq of [3, 4]) {
      host.socket.push(pushed(seq));
      for (let second = 1; second <= 5; second++) {
        const before = framesOf(host).length;
        await host.advance(1000);
        inSecond[second] = (inSecond[second] ?? 0) + framesOf(host).length - before;
      }
    }
    expect(deliveriesSent(host)).toEqual(['3', '4']);
  }
  const counts = Object.values(inSecond);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
  expect(inSecond[1]).toBe(0);
  expect(Math.max(...counts)).toBeLessThan(300);
  const others = clients.flatMap(({ host }) => host.socket.sent.map(({ type }) => type));
  expect(others.filter((type) => type !== 'mark_delivered' && type !== 'hello')).toEqual([]);
});

describe('what was told without a reply', () => {
  it('is told again by the next connection, and confirmed', async () => {
    const { host } = await connectedClient(standing);
    host.socket.push(pushed(3));
    await host.advance(3000);
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 3, readSeq: 2 }));
    const [again, ...others] = host.socket.sentOf('mark_delivered');
    expect(again).toMatchObject({ groupId, ranges: [{ fromSeq: 3, toSeq: 3 }] });
    expect([again?.confirm ?? true, others]).toEqual([true, []]);
    confirmDelivery(host, 3);
    await host.settle();
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 3, readSeq: 2 }));
    await host.advance(10_000);
    expect(host.socket.sentOf('mark_delivered')).toEqual([]);
  });

  it('is told again with the heartbeat, and confirmed', async () => {
    const { host } = await connectedClient(standing);
    host.socket.push(pushed(3));
    await host.advance(heartbeatMs);
    expect(framesOf(host)).toMatchObject([{ confirm: false }, { groupId }]);
    confirmDelivery(host, 3);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(heartbeatMs);
    expect(framesOf(host)).toHaveLength(2);
  });

  it('is told no more once a read has covered it', async () => {
    const { host, group } = await connectedClient(standing);
    host.socket.push(pushed(3));
    await host.advance(3000);
    group.markRead(3);
    await host.settle();
    await confirmRead(host, 3, 0, 3);
    await host.advance(heartbeatMs);
    expect(framesOf(host)).toHaveLength(1);
  });

  it('[SY5] is told by the next page, which finds it in the storage', async () => {
    const storage = memoryStorage();
    const before = await connectedClient(standing, { storage });
    before.host.socket.push(pushed(3));
    await before.host.advance(3000);
    const after = await connectedClient({ lastSeq: 3, readSeq: 2 }, { storage });
    expect(deliveriesSent(after.host)).toEqual(['3']);
    confirmDelivery(after.host, 3);
    await after.host.settle();
    expect(storage.size()).toBe(0);
  });
});

describe('a delivery', () => {
  it('that the service refuses is no error of the app, and is told again with the heartbeat', async () => {
    const { client, host } = await connectedClient(standing);
    const errors: unknown[] = [];
    client.on('error', (event) => errors.push(event));
    host.socket.push(pushed(3));
    await host.advance(3000);
    const problem = { code: 'INTERNAL', message: 'Try again.' } as const;
    host.socket.reply('mark_delivered', { type: 'error', groupId, ...problem });
    host.socket.reply('mark_delivered', { type: 'error', ...problem });
    await host.advance(heartbeatMs - 3000);
    expect(errors).toEqual([]);
    expect(deliveriesSent(host)).toEqual(['3', '3']);
  });

  it('is not told without a connection, and costs no ping', async () => {
    const { host } = await tenMessages();
    host.socket.drop();
    await host.advance(240);
    expect(deliveriesSent(host)).toEqual([]);
    await establish(host, aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
    host.socket.push(pushed(11));
    await host.advance(60_000);
    expect(host.socket.sentOf('ping')).toEqual([]);
  });

  it('of a group that the user left and came back to is told again', async () => {
    const { host } = await connectedClient(standing);
    host.socket.push(pushed(3));
    await host.advance(3000);
    host.socket.push({ type: 'group_removed', groupId, reason: 'removed' });
    await host.advance(300);
    const status = aStatus({ lastSeq: 3, readSeq: 2, unreadCount: 1, stateVersion: 9 });
    host.socket.reply('get_status', { type: 'group_status', groups: [status], goneGroupIds: [] });
    await host.settle();
    host.socket.push(pushed(3));
    await host.advance(5000);
    expect(deliveriesSent(host)).toEqual(['3', '3']);
  });
});
