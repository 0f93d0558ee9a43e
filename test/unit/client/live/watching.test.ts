import { describe, expect, it } from 'vitest';
import { aMessage, aStatus, groupId } from '../support/scripted-client.ts';
import { counts, LiveService, line, liveGroup, receipt, reconnect, watch } from './support.ts';

function aService(): LiveService {
  const service = new LiveService();
  service.lines = [
    line('ann', { isSender: true, deliveredAt: 1000, readAt: 1000 }),
    line('bo', { deliveredAt: 1500, readAt: 3000 }),
    line('di'),
  ];
  return service;
}

async function watched(service = aService(), status = {}) {
  const scripted = await liveGroup(service, status);
  const readers = scripted.group.watchReaders(5);
  const watching = watch(readers);
  await scripted.host.settle();
  return { ...scripted, readers, watching, shown: () => readers.getSnapshot() };
}

describe('two who watch the same', () => {
  it('share what they ask for, until the last one ends', async () => {
    const { host, group, service, readers, watching, shown } = await watched();
    const others = group.watchReaders(5);
    const theirs = watch(others);
    await host.settle();
    expect(service.asked.length).toBe(1);
    expect(others.getSnapshot()).toBe(shown());
    readers.close();
    host.socket.push(receipt('di', 'read', 4000));
    await host.settle();
    expect(others.getSnapshot().read.length).toBe(2);
    const { calls } = watching;
    theirs.end();
    theirs.end();
    host.socket.push(receipt('di', 'played', 5000));
    await host.settle();
    expect([watching.calls, service.asked.length]).toEqual([calls, 1]);
  });

  it('may be one listener given twice', async () => {
    const { group, host } = await liveGroup(aService());
    const readers = group.watchReaders(5);
    let calls = 0;
    const listener = () => {
      calls += 1;
    };
    const [end, endToo] = [readers.subscribeState(listener), readers.subscribeState(listener)];
    await host.settle();
    const first = calls;
    end();
    host.socket.push(receipt('di', 'read', 4000));
    await host.settle();
    expect(calls).toBe(first + 1);
    endToo();
  });

  it('hear of it though the listener of the other one throws', async () => {
    const { group, host } = await liveGroup(aService());
    let isWrong = false;
    group.watchReaders(5).subscribeState(() => {
      if (isWrong) throw new Error('the app is wrong');
    });
    const theirs = watch(group.watchReaders(5));
    await host.settle();
    const { calls } = theirs;
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    isWrong = true;
    host.socket.push(receipt('di', 'read', 4000));
    await host.settle();
    expect(await thrown).toMatchObject({ message: 'the app is wrong' });
    expect(theirs.calls).toBe(calls + 1);
  });
});

describe('who ends watching', () => {
  it('leaves nothing running', async () => {
    const { host, readers, service, group } = await watched();
    const timers = host.timerCount;
    host.socket.push(counts(3, 3, 3));
    await host.settle();
    expect(host.timerCount).toBe(timers + 1);
    readers.close();
    await host.settle();
    expect(host.timerCount).toBe(timers);
    await host.advance(60_000);
    expect(service.asked.length).toBe(1);
    expect(group.watchReaders(5).getSnapshot().status).toBe('loading');
  });

  it('does not take an answer that is on its way, and asks anew when back', async () => {
    const service = aService();
    service.isHeld = true;
    const { host, readers, shown } = await watched(service);
    readers.close();
    await host.settle();
    await service.release(host);
    expect(shown().status).toBe('loading');
    service.read('di', 4000);
    watch(readers);
    await host.settle();
    expect(service.asked.length).toBe(2);
    await service.release(host);
    expect(shown()).toMatchObject({ status: 'ready', others: { read: 2 } });
  });

  it('and begins again at once has one list', async () => {
    const { group, host, service } = await liveGroup(aService());
    const readers = group.watchReaders(5);
    readers.subscribeState(() => {})();
    watch(readers);
    await host.settle();
    expect([service.asked.length, readers.getSnapshot().status]).toEqual([1, 'ready']);
  });
});

describe('a list of 5,000', () => {
  it('comes in pages, is shown while it grows, and is asked for seldom', async () => {
    const service = new LiveService();
    service.lines = Array.from({ length: 5000 }, (_, i) =>
      line(`user-${String(i).padStart(4, '0')}`, i === 0 ? { isSender: true, readAt: 1 } : {}),
    );
    service.isHeld = true;
    const { host, shown } = await watched(service);
    await service.release(host);
    expect(shown()).toMatchObject({ status: 'loading', others: { total: 4999 } });
    expect(shown().notYet.length).toBe(499);
    for (let i = 0; i < 9; i++) await service.release(host);
    expect(shown()).toMatchObject({ status: 'ready', others: { total: 4999, read: 0 } });
    expect(new Set(shown().notYet).size).toBe(4999);
    service.isHeld = false;
    for (let i = 0; i < 60; i++) {
      host.socket.push(counts(i + 2, i + 2, 5000, 10 + i));
      await host.advance(1000);
    }
    await host.settle();
    expect(service.asked.length).toBe(20);
  });
});

describe('who may not see receipts', () => {
  it('[TR1] [TR3] is refused with the reason, and sees them once that changes', async () => {
    const service = aService();
    service.refusal = 'FORBIDDEN';
    const { host, shown } = await watched(service, { tracking: 'positions' });
    expect(shown()).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' }, read: [] });
    await host.advance(4000);
    expect(service.asked.length).toBe(1);
    service.refusal = undefined;
    const change = { name: 'Team', tracking: 'receipts', visibility: 'members' } as const;
    host.socket.push({ type: 'group_changed', groupId, ...change });
    await host.advance(1000);
    expect(shown().status).toBe('ready');
  });

  it('[TR7] loses them at once when that is changed while they watch', async () => {
    const { host, shown, service } = await watched();
    service.isHeld = true;
    host.socket.push({ type: 'receipts_changed', groupId });
    await host.settle();
    expect(shown()).toMatchObject({ status: 'loading', read: [], notYet: [] });
    service.refusal = 'FORBIDDEN';
  });

  it('has nothing of a group that they lost, until they are back', async () => {
    const { host, shown, service } = await watched();
    service.refusal = 'NOT_FOUND';
    host.socket.push({ type: 'group_removed', groupId, reason: 'removed' });
    await host.settle();
    expect(shown()).toMatchObject({ status: 'refused', error: { code: 'NOT_FOUND' }, read: [] });
    service.refusal = undefined;
    host.socket.push({ type: 'member_changed', groupId, userId: 'me', change: 'joined' });
    await host.advance(300);
    const groups = [aStatus({ lastSeq: 10, readSeq: 10, stateVersion: 50 })];
    host.socket.reply('get_status', { type: 'group_status', groups, goneGroupIds: [] });
    await host.advance(1000);
    expect(shown()).toMatchObject({ status: 'ready', others: { read: 1 } });
  });

  it('[SE9] is asked for once or twice, however often the service says that they are not in the group', async () => {
    const service = aService();
    service.refusal = 'NOT_FOUND';
    const { client, host } = await liveGroup(service);
    const group = client.group('other');
    const stores = [group.watchReaders(5), group.positions, group.members];
    for (const store of stores) watch(store);
    for (let i = 0; i < 20; i++) {
      await host.advance(500);
      const asked = host.socket.sentOf('get_status').length;
      if (asked > i) {
        const goneGroupIds = ['other'];
        host.socket.reply('get_status', { type: 'group_status', groups: [], goneGroupIds });
      }
    }
    expect(service.asked.length).toBeLessThanOrEqual(6);
    for (const store of stores) expect(store.getSnapshot().status).toBe('refused');
  });

  it('is asked for again when they come into a group that they were not in', async () => {
    const service = aService();
    service.refusal = 'NOT_FOUND';
    const { client, host } = await liveGroup(service);
    const readers = client.group('other').watchReaders(5);
    watch(readers);
    await host.settle();
    expect(readers.getSnapshot().status).toBe('refused');
    service.refusal = undefined;
    host.socket.push({ type: 'member_changed', groupId: 'other', userId: 'me', change: 'joined' });
    await host.advance(300);
    const groups = [aStatus({ groupId: 'other', lastSeq: 10, readSeq: 10 })];
    host.socket.reply('get_status', { type: 'group_status', groups, goneGroupIds: [] });
    await host.advance(1000);
    expect(readers.getSnapshot().status).toBe('ready');
  });
});

it.each(['new_message', 'message_sent'] as const)(
  'a message that is not there yet is asked for again with its %s',
  async (type) => {
    const { group, host, service } = await liveGroup();
    service.refusal = 'NOT_FOUND';
    const readers = group.watchReaders(11);
    watch(readers);
    await host.advance(10_000);
    expect(readers.getSnapshot().status).toBe('refused');
    service.refusal = undefined;
    const asked = service.asked.length;
    const message = aMessage(11);
    host.socket.push(type === 'new_message' ? { type, groupId, message } : { type, message });
    await host.settle();
    expect(readers.getSnapshot().status).toBe('ready');
    host.socket.push({ type: 'new_message', groupId, message });
    await host.advance(10_000);
    expect(service.asked.length).toBe(asked + 1);
  },
);

describe('[PU1] a connection that is lost', () => {
  it('shows what was known as offline, and the truth after it', async () => {
    const { host, shown, service } = await watched();
    host.socket.drop();
    await host.settle();
    expect(shown()).toMatchObject({ status: 'offline', read: [{ userId: 'bo' }] });
    service.read('di', 4000);
    await reconnect(host);
    expect(shown()).toMatchObject({ status: 'ready', others: { read: 2 } });
  });

  it('makes an answer from before it worth nothing', async () => {
    const service = aService();
    service.isHeld = true;
    const { host, shown } = await watched(service);
    service.read('di', 4000);
    await reconnect(host);
    expect(service.asked.length).toBe(2);
    await service.release(host, 1);
    expect(shown().others.read).toBe(0);
    await service.release(host, 1);
    expect(shown()).toMatchObject({ status: 'ready', others: { read: 2 } });
  });

  it('or a service that fails is tried again', async () => {
    const service = aService();
    service.refusal = 'INTERNAL';
    const { host, shown } = await watched(service);
    expect(shown()).toMatchObject({ status: 'offline', error: { code: 'INTERNAL' } });
    service.refusal = undefined;
    await host.advance(10_000);
    expect(shown().status).toBe('ready');
    expect(shown().error).toBeUndefined();
  });

  it('for good leaves nothing running', async () => {
    const service = aService();
    service.refusal = 'INTERNAL';
    const { client, host, shown } = await watched(service);
    const closed = client.close();
    await host.advance(5000);
    await closed;
    expect([host.timerCount, shown().status]).toEqual([0, 'offline']);
  });
});
