import { describe, expect, it } from 'vitest';
import {
  aStatus,
  establish,
  groupId,
  me,
  pushed,
  standing,
  versionOf,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { tenMessages } from '../support/ten-messages.ts';
import { answerStatuses, statusesAsked } from '../support/ten-with-state.ts';

const remove = ({ socket }: ScriptedHost, reason: 'removed' | 'left' | 'deleted' = 'removed') =>
  socket.push({ type: 'group_removed', groupId, reason });

const confirmSubscription = ({ socket }: ScriptedHost, lastSeq: number) =>
  socket.reply('subscribe_group', {
    ...{ type: 'subscription_confirmed', version: 1 },
    ...standing(lastSeq, 0, lastSeq, 1),
  });

describe('[PU1] a group that the user loses', () => {
  it('goes from the list, the total and the screen at once', async () => {
    const { client, host, group } = await tenMessages();
    const told: object[] = [];
    client.on('removed', (event) => told.push(event));
    group.on('unread', (event) => told.push(event));
    remove(host);
    expect(client.groups()).toEqual([]);
    expect(client.totalUnread).toBe(0);
    expect(group.getSnapshot()).toMatchObject({ messages: [], unreadCount: 0, isRemoved: true });
    expect(group.status).toBeUndefined();
    expect(told).toContainEqual({ groupId, reason: 'removed' });
    expect(told).toContainEqual({ groupId, unreadCount: 0, totalUnread: 0 });
  });

  it('shows no counts any more', async () => {
    const { host, group } = await tenMessages();
    const counts = { readCount: 1, deliveredCount: 1, unreadCount: 1, totalCount: 2 };
    host.socket.push({
      ...{ type: 'read_status_update', groupId, version: 3 },
      counts: [{ fromSeq: 1, toSeq: 10, ...counts }],
    });
    expect(group.getReceipt(3)?.total).toBe(2);
    remove(host);
    expect(group.getReceipt(3)).toBeUndefined();
  });

  it('has its marks dropped, and what was not sent fails', async () => {
    const { host, group } = await tenMessages();
    const outcome = group.send('Too late');
    group.markRead(6);
    await host.settle();
    remove(host);
    expect(group.hasPendingReceipts).toBe(false);
    const refusal = {
      type: 'error',
      code: 'NOT_FOUND',
      message: 'There is no such group.',
    } as const;
    host.socket.reply('send_message', refusal);
    expect(await outcome).toMatchObject({ outcome: 'failed', error: { code: 'NOT_FOUND' } });
    await host.advance(10_000);
    expect(host.socket.sentOf('mark_read')).toHaveLength(1);
    expect(host.socket.sentOf('mark_delivered')).toHaveLength(0);
  });

  it('is not brought back by frames and answers that are late', async () => {
    const { client, host, group } = await tenMessages();
    remove(host);
    host.socket.push(pushed(11));
    host.socket.push({ type: 'read_position', ...standing(2, 9, 11, 30) });
    host.socket.push({ type: 'subscription_confirmed', version: 1, ...standing(2, 9, 11, 30) });
    expect([client.totalUnread, group.countUnread(), group.messages]).toEqual([0, 0, []]);
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    await answerStatuses(host, [], [groupId]);
    expect(client.groups()).toEqual([]);
  });

  it('is there again when the removal was the older news', async () => {
    const { client, host } = await tenMessages();
    host.socket.push({
      ...{ type: 'member_changed', groupId, userId: me, change: 'joined', role: 'member' },
    });
    remove(host);
    await host.advance(300);
    await answerStatuses(host, [aStatus({ lastSeq: 10, unreadCount: 3, stateVersion: 2 })]);
    expect(client.totalUnread).toBe(3);
    expect(client.group(groupId).isRemoved).toBe(false);
  });

  it('is opened again where it is on the screen, once the user is back', async () => {
    const { host, group } = await tenMessages();
    void group.subscribe();
    await host.settle();
    confirmSubscription(host, 10);
    await host.settle();
    remove(host);
    await host.advance(300);
    await answerStatuses(host, [], [groupId]);
    expect(host.socket.sentOf('subscribe_group')).toHaveLength(1);
    host.socket.push({
      ...{ type: 'member_changed', groupId, userId: me, change: 'joined', role: 'member' },
    });
    await host.advance(300);
    await answerStatuses(host, [aStatus({ lastSeq: 12, stateVersion: 1 })]);
    expect(host.socket.sentOf('subscribe_group')).toHaveLength(2);
    host.socket.push(pushed(13));
    expect(group.messages).toMatchObject([{ seq: 13 }]);
  });

  it('takes no page that was asked for before', async () => {
    const { host, group } = await tenMessages();
    const page = group.history().catch(({ code }) => code);
    remove(host);
    expect(await page).toBe('NOT_FOUND');
    expect(group.messages).toEqual([]);
  });

  it('while there is no connection is asked about by the next one', async () => {
    const { client, host } = await tenMessages();
    const told: object[] = [];
    client.on('removed', (event) => told.push(event));
    host.socket.drop();
    await host.advance(250);
    await establish(host);
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    await answerStatuses(host, [], [groupId]);
    expect([client.groups(), told]).toEqual([[], [{ groupId }]]);
  });

  it('is asked about when a request is refused', async () => {
    const { client, host, group } = await tenMessages();
    const error = { code: 'NOT_FOUND', message: 'There is no such group.' };
    host.answer = () => ({ status: 404, body: { error } });
    await expect(group.listMembers()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await host.advance(300);
    await answerStatuses(host, [], [groupId]);
    expect(client.groups()).toEqual([]);
  });

  it('[RD10] begins anew for who comes back, though the version is lower', async () => {
    const { host, group } = await tenMessages({ status: { stateVersion: versionOf(30, 10) } });
    remove(host);
    await host.advance(300);
    await answerStatuses(host, [aStatus({ lastSeq: 10, readSeq: 6, unreadCount: 4 })]);
    expect([group.readSeq, group.countUnread()]).toEqual([6, 4]);
  });
});
