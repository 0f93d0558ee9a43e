import { describe, expect, it } from 'vitest';
import type { Readers } from '../../../../packages/client/src/live/readers.ts';
import { groupId } from '../support/scripted-client.ts';
import { counts, LiveService, line, liveGroup, receipt, watch } from './support.ts';

/** Ann wrote message 5 at 1000; Bo read it, Cy has it, Di has not. */
function aService(): LiveService {
  const service = new LiveService();
  service.lines = [
    line('ann', { isSender: true, deliveredAt: 1000, readAt: 1000 }),
    line('bo', { name: 'Bo', picture: 'https://p.test/bo', deliveredAt: 1500, readAt: 3000 }),
    line('cy', { deliveredAt: 2000 }),
    line('di'),
  ];
  return service;
}

const idsOf = ({ read, delivered, notYet }: Readers) =>
  [read, delivered, notYet].map((lines) => lines.map(({ userId }) => userId));

async function watched(service = aService()) {
  const scripted = await liveGroup(service);
  const readers = scripted.group.watchReaders(5);
  const watching = watch(readers);
  await scripted.host.settle();
  return { ...scripted, readers, watching, shown: () => readers.getSnapshot() };
}

describe('readers', () => {
  it('are three lists without the author, with times, names and pictures', async () => {
    const { shown } = await watched();
    expect(shown()).toMatchObject({
      ...{ status: 'ready', seq: 5 },
      read: [{ userId: 'bo', name: 'Bo', picture: 'https://p.test/bo', readAt: 3000 }],
      delivered: [{ userId: 'cy', deliveredAt: 2000, readAt: null }],
      notYet: [{ userId: 'di', deliveredAt: null }],
      author: { userId: 'ann', readAt: 1000 },
      others: { read: 1, unread: 2, delivered: 2, total: 3, ratio: 1 / 3 },
      ...{ medianDelayMs: 2000, p95DelayMs: 2000 },
    });
  });

  it('are loading before anybody watches, and cost nothing', async () => {
    const { group, service, host } = await liveGroup(aService());
    const readers = group.watchReaders(5);
    await host.advance(60_000);
    expect(readers.getSnapshot()).toMatchObject({ status: 'loading', seq: 5, read: [] });
    expect(readers.getSnapshot()).toBe(readers.getSnapshot());
    expect(service.asked).toEqual([]);
  });

  it('come in order: the newest first, whoever has not by name, whose time is unknown last', async () => {
    const service = new LiveService();
    service.lines = [
      line('a', { isSender: true, deliveredAt: 1, readAt: 1 }),
      line('b', { deliveredAt: 5, readAt: 5 }),
      line('c', { deliveredAt: 9, readAt: 9 }),
      line('d', { withoutTime: 'read' }),
      line('e', { deliveredAt: 4 }),
      line('f', { deliveredAt: 6 }),
      line('g', { withoutTime: 'delivered' }),
      line('h', { name: 'Zoe' }),
      line('i', { name: 'Abe' }),
    ];
    const { shown } = await watched(service);
    expect(idsOf(shown())).toEqual([
      ['c', 'b', 'd'],
      ['f', 'e', 'g'],
      ['i', 'h'],
    ]);
  });

  it('[ST1] have a median and a 95th of 100, counted from when the message was sent', async () => {
    const service = new LiveService();
    const author = line('ann', { isSender: true, deliveredAt: 1000, readAt: 1000 });
    const readers = Array.from({ length: 100 }, (_, i) =>
      line(`u${i}`, { deliveredAt: 1000, readAt: 1000 + (i + 1) * 10 }),
    );
    service.lines = [author, ...readers.toReversed()];
    const { shown } = await watched(service);
    expect([shown().medianDelayMs, shown().p95DelayMs]).toEqual([505, 950]);
    service.lines = [author, line('di')];
    const nobody = await watched(service);
    expect(nobody.shown().medianDelayMs).toBeUndefined();
  });

  it('[PU9] change with receipts that come with names, and the earliest time stays', async () => {
    const { host, shown, service, watching } = await watched();
    const before = shown();
    host.socket.push(receipt('di', 'delivered', 4000));
    await host.settle();
    expect(idsOf(shown())).toEqual([['bo'], ['di', 'cy'], []]);
    host.socket.push(receipt('di', 'played', 6000));
    host.socket.push(receipt('di', 'read', 5000));
    host.socket.push(receipt('di', 'read', 7000));
    await host.settle();
    expect(shown().read[0]).toMatchObject({ deliveredAt: 4000, readAt: 5000, playedAt: 6000 });
    expect(shown()).toMatchObject({ others: { read: 2, delivered: 3 }, medianDelayMs: 3000 });
    expect(shown().delivered[0]).toBe(before.delivered[0]);
    const calls = watching.calls;
    host.socket.push(receipt('di', 'read', 7000));
    host.socket.push(receipt('bo', 'read', 9000, [6, 9]));
    await host.settle();
    expect([service.asked.length, watching.calls]).toEqual([1, calls]);
  });

  it('keep what came while the answer was on its way', async () => {
    const service = aService();
    service.isHeld = true;
    const { host, shown, readers } = await watched(service);
    host.socket.push(receipt('di', 'read', 4000));
    await host.settle();
    expect(shown().status).toBe('loading');
    await service.release(host);
    expect(idsOf(shown())).toEqual([['di', 'bo'], ['cy'], []]);
    readers.close();
  });

  it('are asked for again when more are counted than are listed, every three seconds at most', async () => {
    const { host, shown, service } = await watched();
    for (let i = 0; i < 20; i++) {
      service.read(['cy', 'di'][i % 2] ?? '', 4000 + i);
      host.socket.push(counts(Math.min(4, i + 3), 4, 4, 10 + i));
      await host.advance(100);
    }
    await host.advance(4000);
    expect(idsOf(shown())).toEqual([['di', 'cy', 'bo'], [], []]);
    const lists = service.asked.filter((path) => path.includes('/messages/5/receipts'));
    expect(lists.length).toBeGreaterThanOrEqual(2);
    expect(lists.length).toBeLessThanOrEqual(3);
  });

  it('are not asked for again by counts that say the same, or less', async () => {
    const { host, service } = await watched();
    host.socket.push(counts(2, 3, 4, 10));
    host.socket.push(counts(2, 2, 4, 11));
    await host.advance(10_000);
    expect(service.asked.length).toBe(1);
  });

  it('name a reader whom nobody had listed once they are asked for', async () => {
    const { host, shown, service } = await watched();
    service.lines.push(line('eve', { name: 'Eve', deliveredAt: 5000, readAt: 5000 }));
    host.socket.push(receipt('eve', 'read', 5000));
    await host.settle();
    expect(shown().read[0]).toMatchObject({ userId: 'eve', readAt: 5000 });
    await host.advance(4000);
    expect(shown().read[0]?.name).toBe('Eve');
  });

  it('[SE10] may be called anything', async () => {
    const service = new LiveService();
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    service.lines = ids.map((id) => line(id));
    const { host, shown } = await watched(service);
    for (const id of ids) host.socket.push(receipt(id, 'read', 4000));
    await host.settle();
    expect(shown().read.map(({ userId }) => userId)).toEqual(ids.toSorted());
  });

  it('[MS4] [CT8] are those who have read it, once it is recalled', async () => {
    const { host, shown } = await watched();
    host.socket.push({
      ...{ type: 'new_message', groupId },
      message: {
        ...{ messageId: 'team.5', groupId, seq: 5, senderId: 'ann', messageType: 'text' },
        ...{ content: 'Hello', createdAt: 1000, clientMessageId: 'm-5' },
      },
    });
    host.socket.push({ type: 'message_recalled', groupId, messageId: 'team.5', seq: 5 });
    await host.settle();
    expect(idsOf(shown())).toEqual([['bo'], [], []]);
    expect(shown().others).toEqual({ read: 1, unread: 0, delivered: 1, total: 1, ratio: 1 });
  });

  it('are asked for again where counts came while they were asked for that tell of more', async () => {
    const service = aService();
    service.isHeld = true;
    const { host, shown } = await watched(service);
    service.read('di', 4000);
    host.socket.push(counts(3, 4, 4));
    await host.settle();
    service.isHeld = false;
    await service.release(host);
    expect(shown().read.length).toBe(1);
    await host.advance(4000);
    expect(shown().read.length).toBe(2);
  });
});
