import { describe, expect, it } from 'vitest';
import { aStatus, connectedClient, groupId, me, pushed } from './support/scripted-client.ts';
import { answerStatuses, statusesAsked } from './support/ten-with-state.ts';

describe('the groups of a user', () => {
  it('come with an invitation, however many at a time, by one request', async () => {
    const { client, host } = await connectedClient();
    const joined = { type: 'member_changed', userId: me, change: 'joined' } as const;
    for (const id of ['b', 'c']) host.socket.push({ ...joined, groupId: id });
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([['b', 'c']]);
    await answerStatuses(
      host,
      ['b', 'c'].map((id) => aStatus({ groupId: id, unreadCount: 2 })),
    );
    expect(client.groups().map((group) => group.groupId)).toEqual([groupId, 'b', 'c']);
    expect(client.totalUnread).toBe(4);
  });

  it('are asked for again when something happens while they are asked for', async () => {
    const { client, host } = await connectedClient();
    const joined = { type: 'member_changed', userId: me, change: 'joined' } as const;
    host.socket.push({ ...joined, groupId: 'b' });
    await host.advance(300);
    host.socket.push({ ...joined, groupId: 'b' });
    await answerStatuses(host, [], ['b']);
    await host.advance(300);
    await answerStatuses(host, [aStatus({ groupId: 'b' })]);
    expect(client.groups().map((group) => group.groupId)).toEqual([groupId, 'b']);
  });

  it('come with a message or by being opened, when they are too new for the first list', async () => {
    const { client, host } = await connectedClient();
    const standing = { ...aStatus({ groupId: 'new' }), version: 1 };
    host.socket.push({ type: 'subscription_confirmed', ...standing });
    const message = { groupId: 'newer', messageId: 'newer.1' };
    host.socket.push({ ...pushed(1, message), groupId: 'newer' } as never);
    await host.advance(300);
    await answerStatuses(
      host,
      ['new', 'newer'].map((id) => aStatus({ groupId: id })),
    );
    expect(client.group('new').status?.groupId).toBe('new');
    expect(client.group('newer').status?.groupId).toBe('newer');
  });

  it('go when the user leaves, and their unread messages with them', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 3, unreadCount: 3 });
    host.answer = () => ({ body: {} });
    await group.removeMember('somebody');
    expect(client.totalUnread).toBe(3);
    await group.removeMember(me);
    expect(client.groups()).toEqual([]);
    expect(client.totalUnread).toBe(0);
    expect(group.status).toBeUndefined();
  });

  it('are listed with the liveliest first', async () => {
    const { client, host } = await connectedClient();
    host.answer = () => ({ body: { groupId: 'late' } });
    const created = client.createGroup({ name: 'Late', memberIds: [] });
    await host.settle();
    await answerStatuses(host, [aStatus({ groupId: 'late' })]);
    await created;
    const message = pushed(1, { groupId: 'late', createdAt: 5 });
    host.socket.push({ ...message, groupId: 'late' } as typeof message);
    await host.settle();
    expect(client.groups().map((group) => group.groupId)).toEqual(['late', groupId]);
  });

  it('tell their events through the client as well', async () => {
    const { client, host, group } = await connectedClient();
    const told: unknown[] = [];
    client.on('members', (event) => told.push(event));
    const off = group.on('members', (event) => told.push(event));
    client.on('reminder', (event) => told.push(event));
    client.on('notification', (event) => told.push(event));
    client.group('other').on('members', (event) => told.push(event));
    const left = { groupId, userId: 'ann', change: 'left' } as const;
    host.socket.push({ type: 'member_changed', ...left });
    off();
    host.socket.push({ type: 'member_changed', ...left });
    const reminder = { groupId, messageId: 'team.1', seq: 1, fromUserId: 'ann' };
    host.socket.push({ type: 'unread_reminder', ...reminder });
    host.socket.push({ type: 'system_notification', text: 'Closed at ten.' });
    expect(told).toEqual([left, left, left, reminder, { text: 'Closed at ten.' }]);
  });

  it('show who is writing, for a while or until the message is there', async () => {
    const { host, group } = await connectedClient();
    for (const userId of ['ann', 'bo']) {
      host.socket.push({ type: 'typing_indicator', groupId, userId });
    }
    await host.settle();
    expect(group.getSnapshot().typing).toEqual(['ann', 'bo']);
    host.socket.push(pushed(1, { senderId: 'ann' }));
    expect(group.getSnapshot().typing).toEqual(['bo']);
    await host.advance(6000);
    expect(group.getSnapshot().typing).toEqual([]);
  });

  it('are told of the user’s own writing every three seconds at most', async () => {
    const { host, group } = await connectedClient();
    for (let key = 0; key < 70; key++) {
      group.typing();
      await host.advance(100);
    }
    expect(host.socket.sentOf('typing')).toHaveLength(3);
  });

  it('are not disturbed by a listener that throws', async () => {
    const { client, host, group } = await connectedClient();
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    client.on('message', () => {
      throw new Error('the app is wrong');
    });
    host.socket.push(pushed(1));
    expect(await thrown).toMatchObject({ message: 'the app is wrong' });
    expect(group.messages).toHaveLength(1);
  });

  it('ask again with another token when the first is refused', async () => {
    let issued = 0;
    const { client, host } = await connectedClient({}, { getToken: () => `token-${++issued}` });
    host.answer = ({ token }) =>
      token === 'token-1'
        ? { status: 401, body: { error: { code: 'TOKEN_EXPIRED', message: 'Over.' } } }
        : { body: { readReceipts: true } };
    expect(await client.getReadReceipts()).toBe(true);
    host.answer = () => new Error('no network');
    await expect(client.getReadReceipts()).rejects.toMatchObject({ code: 'OFFLINE' });
  });
});
