import { afterEach, expect, it } from 'vitest';
import { SeenbyError } from '../../../../packages/client/src/transport/seenby-error.ts';
import { LiveService, line, liveGroup, receipt, watch } from '../live/support.ts';
import { memoryStorage } from '../support/scripted-client.ts';

const setNetwork = (onLine: boolean | undefined) =>
  Object.defineProperty(navigator, 'onLine', { value: onLine, configurable: true });

afterEach(() => {
  Reflect.deleteProperty(navigator, 'onLine');
});

function aService(): LiveService {
  const service = new LiveService();
  service.lines = [line('ann', { isSender: true, readAt: 1, deliveredAt: 1 }), line('bo')];
  return service;
}

/** A client that has loaded nothing yet, and cannot. */
function withoutNetwork() {
  setNetwork(false);
  return liveGroup(aService());
}

it('a store whose code cannot be loaded is offline, and ready once it can', async () => {
  const { host, group } = await withoutNetwork();
  const readers = group.watchReaders(5);
  const watching = watch(readers);
  await host.settle();
  expect(readers.getSnapshot()).toMatchObject({
    ...{ status: 'offline', seq: 5, notYet: [] },
    error: expect.any(SeenbyError),
  });
  expect([readers.getSnapshot().error?.code, watching.calls]).toEqual(['OFFLINE', 1]);
  expect(readers.getSnapshot()).toBe(readers.getSnapshot());
  setNetwork(true);
  await host.advance(5000);
  expect(readers.getSnapshot()).toMatchObject({ status: 'ready', others: { total: 1 } });
  expect(readers.getSnapshot().error).toBeUndefined();
});

it('what asks the service at once rejects with OFFLINE', async () => {
  const { group, client } = await withoutNetwork();
  for (const asked of [group.get(), group.stats(), client.setReadReceipts(true)]) {
    await expect(asked).rejects.toMatchObject({ name: 'SeenbyError', code: 'OFFLINE' });
  }
});

it('[SY5] a play waits for it', async () => {
  const { host, group } = await withoutNetwork();
  group.markPlayed(10);
  await host.advance(6000);
  expect(host.socket.sentOf('mark_played')).toEqual([]);
  setNetwork(true);
  await host.advance(5000);
  expect(host.socket.sentOf('mark_played').length).toBe(1);
});

it('who ends watching before it is there has nothing asked', async () => {
  const { host, group, service } = await withoutNetwork();
  const readers = group.watchReaders(5);
  watch(readers).end();
  setNetwork(true);
  await host.advance(20_000);
  expect(service.asked).toEqual([]);
});

it('a store goes on when somebody watched it for a moment without a network', async () => {
  const { host, group } = await liveGroup(aService());
  const readers = group.watchReaders(5);
  watch(readers);
  await host.settle();
  setNetwork(false);
  watch(readers).end();
  await host.settle();
  setNetwork(true);
  await host.advance(6000);
  host.socket.push(receipt('bo', 'read', 4000));
  await host.settle();
  expect(readers.getSnapshot()).toMatchObject({ status: 'ready', others: { read: 1 } });
});

it('[SY5] once it is loaded, a play is kept at once, with or without a network', async () => {
  const storage = memoryStorage();
  const { host, group } = await liveGroup(aService(), {}, { storage });
  setNetwork(false);
  host.socket.drop();
  group.markPlayed(10);
  await host.settle();
  expect(storage.size()).toBe(1);
});

it('is asked for again though a listener throws when it cannot be loaded', async () => {
  const { host, group } = await withoutNetwork();
  const thrown = new Promise((resolve) => process.once('unhandledRejection', resolve));
  const readers = group.watchReaders(5);
  readers.subscribeState(() => {
    if (readers.getSnapshot().status === 'offline') throw new Error('the app is wrong');
  });
  expect(await thrown).toMatchObject({ message: 'the app is wrong' });
  setNetwork(true);
  await host.advance(5000);
  expect(readers.getSnapshot().status).toBe('ready');
});
