import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import {
  aStatus,
  connectedClient,
  established,
  groupId,
  me,
  pushed,
  standing,
} from './support/scripted-client.ts';
import type { ScriptedHost } from './support/scripted-host.ts';
import { confirmRead } from './support/ten-messages.ts';
import { answerStatus, movePosition, statusesAsked, ten } from './support/ten-with-state.ts';

describe('the badge', () => {
  it('counts a message once that crosses a confirmation on its way', async () => {
    for (const hasIt of [false, true]) {
      const early = await ten();
      early.group.markRead(10);
      await early.host.settle();
      early.host.socket.push(pushed(11));
      await confirmRead(early.host, 10, hasIt ? 1 : 0, hasIt ? 11 : 10);
      expect(early.group.countUnread()).toBe(1);
      const late = await ten();
      late.group.markRead(10);
      await late.host.settle();
      await confirmRead(late.host, 10, hasIt ? 1 : 0, hasIt ? 11 : 10);
      late.host.socket.push(pushed(11));
      expect(late.group.countUnread()).toBe(1);
    }
  });

  it('counts a message once that is late, above others read ahead', async () => {
    const { host, group } = await ten();
    group.markSeen([8, 9, 10]);
    await host.settle();
    // Of 3 to 7 and 11: the service had the message before this client.
    await confirmRead(host, 2, 6, 11);
    host.socket.push(pushed(11));
    await host.settle();
    expect(group.countUnread()).toBe(6);
  });

  it('[RD10] is right after a read ahead is confirmed while a message is missing', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(12));
    group.markRead(8);
    await host.settle();
    group.markSeen([10]);
    // The service does not know of the read ahead yet, and then it does.
    await confirmRead(host, 8, 4, 12);
    await host.advance(1000);
    await confirmRead(host, 8, 3, 12);
    host.socket.push(pushed(11));
    await host.advance(5000);
    expect([group.readSeq, group.countUnread()]).toEqual([8, 3]);
  });

  it('[RD1] does not go back where the service has stored what the user sent, and not noted it yet', async () => {
    const { host, group } = await ten();
    group.markRead(10);
    await host.settle();
    await confirmRead(host, 10, 0);
    host.socket.push(pushed(11, { senderId: me }));
    expect([group.readSeq, group.countUnread()]).toEqual([11, 0]);
    const told: number[] = [];
    group.on('read', ({ readSeq }) => told.push(readSeq));
    // As somebody is told who was read before the message, in a group that was read after it.
    movePosition(host, standing(10, 1, 11, 1000));
    expect([group.readSeq, group.countUnread()]).toEqual([11, 0]);
    await host.advance(1000);
    expect(statusesAsked(host)).toHaveLength(1);
    await answerStatus(host, standing(11, 0, 11, 1001));
    host.socket.push(pushed(12));
    group.markSeen([12]);
    expect(group.isReadingSuspended).toBe(false);
    expect(told).toEqual([12]);
  });

  it('[RD1] does not go back where the newest state has what the user sent, and not what waits below it', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(11));
    host.socket.push(pushed(12, { senderId: me }));
    for (const seqs of [[11], [12], [3, 4, 5, 6, 7, 8, 9, 10]]) group.markSeen(seqs);
    expect([group.readSeq, group.countUnread()]).toEqual([12, 0]);
    const told: number[] = [];
    group.on('read', ({ readSeq }) => told.push(readSeq));
    movePosition(host, standing(2, 9, 12, 1000));
    await host.advance(1000);
    await answerStatus(host, standing(2, 9, 12, 1001));
    expect([group.readSeq, group.isReadingSuspended]).toEqual([12, false]);
    expect(told).toEqual([]);
  });

  it('[RD1] goes on reading after a position that the service never said has gone back', async () => {
    const { host, group } = await ten();
    movePosition(host, standing(10, 0, 10, 21));
    host.socket.push(pushed(11, { senderId: me }));
    expect(group.readSeq).toBe(11);
    host.socket.push(pushed(12, { recalled: true, content: '' }));
    expect(group.readSeq).toBe(12);
    // From before the recall.
    movePosition(host, standing(11, 0, 12, 1000));
    expect(group.isReadingSuspended).toBe(false);
    movePosition(host, standing(7, 4, 12, 2000));
    expect([group.readSeq, group.isReadingSuspended]).toEqual([7, true]);
  });

  it('[RD8] follows the other devices of the user', async () => {
    const { host, group } = await ten();
    const told: object[] = [];
    group.on('read', ({ readSeq }) => told.push({ readSeq }));
    group.on('unread', ({ unreadCount, totalUnread }) => told.push({ unreadCount, totalUnread }));
    movePosition(host, standing(8, 2, 10, 22));
    movePosition(host, standing(5, 5, 10, 21));
    movePosition(host, standing(8, 2, 10, 22));
    expect(told).toEqual([{ readSeq: 8 }, { unreadCount: 2, totalUnread: 2 }]);
  });

  it('[RD10] stays when states come late, by whichever frame', async () => {
    const { client, host, group } = await ten();
    movePosition(host, standing(10, 0, 10, 25));
    movePosition(host, standing(4, 6, 10, 21));
    const late = { ...standing(4, 6, 10, 22), version: 3 };
    host.socket.push({ type: 'subscription_confirmed', ...late });
    host.socket.push(established(aStatus(standing(5, 5, 10, 23))));
    group.markSeen([]);
    expect([group.readSeq, group.countUnread(), client.totalUnread]).toEqual([10, 0, 0]);
  });

  it('keeps messages that a newer state had not counted yet', async () => {
    const { host, group } = await ten();
    for (const seq of [11, 12]) host.socket.push(pushed(seq, { mentions: [me] }));
    movePosition(host, standing(8, 2, 10, 21));
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([4, 2]);
    movePosition(host, standing(8, 3, 11, 22, 1));
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([4, 2]);
    movePosition(host, standing(12, 0, 12, 23));
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([0, 0]);
  });

  it('does not count own and recalled messages, nor what is read ahead of its arrival', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(11, { senderId: me, mentions: [me] }));
    host.socket.push(pushed(12, { recalled: true, content: '', mentions: [me] }));
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([8, 0]);
  });

  it('[UN3] counts mentions of the user among the unread', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(11, { mentions: [me] }));
    host.socket.push(pushed(12, { mentions: ['bo'] }));
    host.socket.push(pushed(13, { mentions: [me] }));
    await host.settle();
    expect(group.status?.mentionCount).toBe(2);
    group.markRead(11);
    expect(group.status?.mentionCount).toBe(1);
    group.markRead();
    expect(group.status?.mentionCount).toBe(0);
  });

  it('[UN3] has as many mentions again as the service says when it is put back', async () => {
    const { host, group } = await ten();
    movePosition(host, standing(10, 0, 10, 21));
    const putBack = group.markUnread(7);
    await host.settle();
    host.socket.reply('mark_unread', {
      ...{ type: 'mark_unread_confirmed', ...standing(6, 4, 10, 22, 2) },
    });
    await putBack;
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([4, 2]);
  });
});

describe('a state in doubt', () => {
  it('[RD10] is asked for, once for all groups, when a message is missing', async () => {
    const { client, host } = await ten();
    const other = { groupId: 'club', messageId: 'club.5' };
    host.socket.push(pushed(12));
    host.socket.push({ ...pushed(5, other), groupId: 'club' } as never);
    await host.advance(299);
    expect(statusesAsked(host)).toEqual([]);
    await host.advance(1);
    expect(statusesAsked(host)).toEqual([[groupId, 'club']]);
    host.socket.reply('get_status', {
      type: 'group_status',
      groups: [aStatus(standing(2, 10, 12, 24))],
      goneGroupIds: ['club'],
    });
    await host.settle();
    expect(client.groups().map((group) => [group.groupId, group.unreadCount])).toEqual([
      [groupId, 10],
    ]);
    await host.advance(5000);
    expect(statusesAsked(host)).toHaveLength(1);
  });

  it('is not asked for when what was missing comes a moment later', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(12));
    host.socket.push(pushed(11));
    expect(group.countUnread()).toBe(10);
    await host.advance(5000);
    expect(statusesAsked(host)).toEqual([]);
  });

  it('is asked for again when there is no answer, and given up when it is refused', async () => {
    const { host } = await ten();
    host.socket.push(pushed(12));
    await host.advance(300);
    const refusal = { type: 'error', code: 'RATE_LIMITED', message: 'Slow.' } as const;
    host.socket.reply('get_status', { ...refusal, retryAfterMs: 4000 });
    await host.advance(3999);
    expect(statusesAsked(host)).toHaveLength(1);
    await host.advance(1);
    expect(statusesAsked(host)).toHaveLength(2);
    host.socket.reply('get_status', { ...refusal, code: 'BAD_REQUEST' });
    await host.advance(9000);
    expect(statusesAsked(host)).toHaveLength(2);
  });

  it('is told by the next connection when there is none', async () => {
    const { host } = await ten();
    host.socket.push(pushed(12));
    host.socket.drop();
    await host.advance(5000);
    expect(host.sockets.flatMap((socket) => socket.sentOf('get_status'))).toEqual([]);
  });

  it('may be lower than what was known, when it was asked for after it', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(12));
    await host.advance(300);
    // The user left and came back: their membership, and its version, began anew.
    await answerStatus(host, standing(10, 2, 12, 3));
    expect([group.readSeq, group.countUnread()]).toEqual([10, 2]);
    host.socket.push(pushed(14));
    await host.advance(300);
    movePosition(host, standing(14, 0, 14, 9));
    await answerStatus(host, standing(10, 4, 14, 8));
    expect([group.readSeq, group.countUnread()]).toEqual([14, 0]);
  });
});

it('[RD10] begins anew for who left the group and came back, though the version is lower', async () => {
  const { host, group } = await ten();
  host.socket.push({ type: 'group_removed', groupId, reason: 'removed' });
  await host.advance(300);
  await answerStatus(host, standing(6, 4, 10, 4));
  expect([group.readSeq, group.countUnread()]).toEqual([6, 4]);
});

describe('a recall', () => {
  const recall = ({ socket }: ScriptedHost, seq: number) =>
    socket.push({ type: 'message_recalled', groupId, messageId: `${groupId}.${seq}`, seq });

  const withMentions = (changed: Record<number, Partial<Message>>) =>
    ten({ status: { stateVersion: 20, mentionCount: 2 }, changed });

  it('[MS4] takes an unread message and its mention out, and asks whether that is right', async () => {
    const { host, group } = await withMentions({ 5: { mentions: [me] }, 7: { mentions: [me] } });
    recall(host, 5);
    recall(host, 5);
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([7, 1]);
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    await answerStatus(host, standing(2, 6, 10, 23, 1));
    expect([group.countUnread(), group.status?.mentionCount]).toEqual([6, 1]);
  });

  it('[MS4] of a read or an own message changes no count', async () => {
    const { host, group } = await withMentions({ 5: { senderId: me } });
    recall(host, 2);
    recall(host, 5);
    expect(group.countUnread()).toBe(8);
    await host.advance(5000);
    expect(statusesAsked(host)).toEqual([]);
  });

  it('[MS4] of a message that is not here is the service’s to count', async () => {
    const { host, group } = await connectedClient({ lastSeq: 10, readSeq: 2, unreadCount: 8 });
    recall(host, 5);
    expect(group.countUnread()).toBe(8);
    await host.advance(300);
    await answerStatus(host, standing(2, 7, 10, 23));
    expect(group.countUnread()).toBe(7);
  });
});
