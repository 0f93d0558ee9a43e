import { describe, expect, it } from 'vitest';
import { aStatus, connectedClient, groupId, me, pushed } from './support/scripted-client.ts';
import type { Browser } from './support/scripted-host.ts';
import { confirmRead, deliveriesSent, readsSent, tenMessages } from './support/ten-messages.ts';
import { answerStatuses } from './support/ten-with-state.ts';

describe('deliveries', () => {
  it.each([
    [0, 1000],
    [0.5, 3000],
    [0.999, 4996],
  ])('are gathered for one to five seconds (%d: %i ms), and told in one frame', async (at, ms) => {
    const options = { random: () => at };
    const { host, group } = await connectedClient({ lastSeq: 2, readSeq: 2 }, options);
    for (const seq of [3, 4, 5]) host.socket.push(pushed(seq));
    await host.advance(ms - 1);
    expect([deliveriesSent(host), group.hasPendingReceipts]).toEqual([[], true]);
    await host.advance(1);
    expect([deliveriesSent(host), group.hasPendingReceipts]).toEqual([['3-5'], false]);
    expect(host.socket.sentOf('mark_delivered')).toMatchObject([{ confirm: false }]);
    await host.advance(60_000);
    expect(deliveriesSent(host)).toEqual(['3-5']);
  });

  it('are dropped when a read covers them', async () => {
    const { host, group } = await connectedClient({ lastSeq: 2, readSeq: 2 });
    host.socket.push(pushed(3));
    group.markRead(3);
    await host.advance(5000);
    expect(deliveriesSent(host)).toEqual([]);
    expect(readsSent(host)).toEqual([3]);
  });

  it('are not told of messages that are read above a gap', async () => {
    const { host, group } = await tenMessages();
    group.markSeen([9]);
    await host.settle();
    await confirmRead(host, 2, 7);
    host.socket.push(pushed(11));
    await host.advance(5000);
    expect(deliveriesSent(host)).toEqual([['3-8', '10-11']]);
  });

  it('[SY3] are of what arrived, and not of what is missing below it', async () => {
    const { host } = await tenMessages();
    await host.advance(3000);
    host.answer = () => new Error('no network');
    host.socket.push(pushed(12));
    await host.advance(3000);
    host.socket.push(pushed(11));
    await host.advance(3000);
    expect(deliveriesSent(host)).toEqual(['3-10', '12', '11']);
  });

  it('[TR1] are nobody’s business where positions are private', async () => {
    const { host } = await connectedClient({ lastSeq: 2, readSeq: 2, tracking: 'positions' });
    host.socket.push(pushed(3));
    host.socket.push(pushed(4, { senderId: me }));
    await host.advance(10_000);
    expect(deliveriesSent(host)).toEqual([]);
  });

  it('are acknowledged by one tab for all, and a read in one tab counts in all', async () => {
    const browser: Browser = new Map();
    const one = await tenMessages({ browser, random: () => 0 });
    const two = await tenMessages({ browser, random: () => 0.9 });
    await one.host.advance(1000);
    await two.host.advance(5000);
    expect(deliveriesSent(one.host)).toEqual(['3-10']);
    expect(deliveriesSent(two.host)).toEqual([]);
    one.group.markRead(6);
    expect([two.group.readSeq, two.group.countUnread()]).toEqual([6, 4]);
    await two.host.advance(5000);
    expect(readsSent(two.host)).toEqual([]);
  });

  it('[SY3] are told by another tab with its heartbeat, when the one that told them has gone', async () => {
    const browser: Browser = new Map();
    const one = await tenMessages({ browser, random: () => 0 });
    const two = await tenMessages({ browser, random: () => 0.9 });
    await one.host.advance(1000);
    await two.host.advance(9 * 60_000 - 1);
    expect(deliveriesSent(two.host)).toEqual([]);
    await two.host.advance(1);
    expect(deliveriesSent(two.host)).toEqual(['3-10']);
  });

  it('[TR2] are told of what arrived before anybody was to be told', async () => {
    const { host } = await connectedClient({ lastSeq: 2, readSeq: 2, tracking: 'positions' });
    host.socket.push(pushed(3));
    host.socket.push({
      ...{ type: 'group_changed', groupId, name: 'Team', tracking: 'receipts' },
      visibility: 'members',
    });
    await host.advance(10_000);
    await answerStatuses(host, [aStatus({ lastSeq: 3, readSeq: 2, unreadCount: 1 })]);
    await host.advance(3000);
    expect(deliveriesSent(host)).toEqual(['3']);
  });

  it('reach a tab without a connection by way of another one', async () => {
    const browser: Browser = new Map();
    const one = await tenMessages({ browser });
    const two = await tenMessages({ browser });
    two.host.socket.drop();
    one.host.socket.push(pushed(11));
    expect(two.group.messages.at(-1)).toMatchObject({ seq: 11 });
    expect(two.client.totalUnread).toBe(9);
  });
});
