import { describe, expect, it } from 'vitest';
import { groupId, me, pushed } from './scripted-client.ts';
import { confirmRead, tenMessages } from './ten-messages.ts';

describe('the badge', () => {
  it('counts a message once that crosses a confirmation on its way', async () => {
    for (const unreadCount of [0, 1]) {
      const { host, group } = await tenMessages();
      group.markRead(10);
      await host.settle();
      host.socket.push(pushed(11));
      await confirmRead(host, 10, unreadCount);
      expect(group.countUnread()).toBe(1);
      const late = await tenMessages();
      late.group.markRead(10);
      await late.host.settle();
      await confirmRead(late.host, 10, unreadCount);
      late.host.socket.push(pushed(11));
      await late.host.settle();
      expect(late.group.countUnread()).toBe(1);
    }
  });

  it('counts a message once that is late, above others read ahead', async () => {
    const { host, group } = await tenMessages();
    group.markSeen([8, 9, 10]);
    await host.settle();
    // Of 3 to 7 and 11: the service had the message before this client.
    await confirmRead(host, 2, 6);
    host.socket.push(pushed(11));
    await host.settle();
    expect(group.countUnread()).toBe(6);
  });

  it('[RD8] follows the other devices of the user', async () => {
    const { host, group } = await tenMessages();
    const told: object[] = [];
    group.on('read', ({ readSeq }) => told.push({ readSeq }));
    group.on('unread', ({ unreadCount, totalUnread }) => told.push({ unreadCount, totalUnread }));
    host.socket.push({ type: 'read_position', groupId, readSeq: 8, unreadCount: 2 });
    host.socket.push({ type: 'read_position', groupId, readSeq: 5, unreadCount: 5 });
    expect(told).toEqual([
      { readSeq: 8 },
      { unreadCount: 2, totalUnread: 2 },
      { readSeq: 5 },
      { unreadCount: 5, totalUnread: 5 },
    ]);
  });

  it('[UN3] counts mentions of the user among the unread', async () => {
    const { host, group } = await tenMessages();
    host.socket.push(pushed(11, { mentions: [me] }));
    host.socket.push(pushed(12, { mentions: ['bo'] }));
    await host.settle();
    expect(group.status?.mentionCount).toBe(1);
    group.markRead();
    expect(group.status?.mentionCount).toBe(0);
  });
});
