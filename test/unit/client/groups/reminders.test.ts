import { describe, expect, it } from 'vitest';
import { aStatus, connectedClient, groupId, standing } from '../support/scripted-client.ts';
import { tenMessages } from '../support/ten-messages.ts';
import { answerStatuses, movePosition, statusesAsked } from '../support/ten-with-state.ts';

const minutes = 60_000;
const reminder = (seq: number) => ({ seq, fromUserId: 'ann', at: seq });
const status = (...seqs: number[]) =>
  aStatus({
    ...{ lastSeq: 10, readSeq: 2, unreadCount: 8 },
    ...(seqs.length > 0 && { reminders: seqs.map(reminder) }),
  });

describe('[PU1] reminders in the status of a group', () => {
  it('are there once one is pushed', async () => {
    const { host, group } = await tenMessages();
    const pushedOne = { groupId, messageId: 'team.5', seq: 5, fromUserId: 'ann' };
    host.socket.push({ type: 'unread_reminder', ...pushedOne });
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    await answerStatuses(host, [status(5)]);
    expect(group.status?.reminders).toEqual([reminder(5)]);
  });

  it('leave with the reading of their messages, here and on another device', async () => {
    const { host, group } = await tenMessages({ status: status(4, 5, 9) });
    group.markSeen([5]);
    expect(group.status?.reminders).toEqual([4, 9].map(reminder));
    movePosition(host, standing(6, 4, 10, 30));
    expect(group.getSnapshot().status?.reminders).toEqual([reminder(9)]);
    group.markRead();
    expect(group.status?.reminders).toEqual([]);
  });

  it('are for all, or for members who are chosen', async () => {
    const { host, group } = await connectedClient();
    const bodies: unknown[] = [];
    host.answer = ({ body }) => {
      bodies.push(body);
      return { body: { reminded: 1, reached: 0 } };
    };
    await group.remindUnread(4);
    expect(await group.remindUnread(4, ['ann'])).toEqual({ reminded: 1, reached: 0 });
    expect(bodies).toEqual([{}, { userIds: ['ann'] }]);
  });

  it('are asked for again with each heartbeat, while some stand: others may not have been pushed', async () => {
    const { host, group } = await connectedClient(status(4));
    await host.advance(9 * minutes);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    await answerStatuses(host, [status(4, 7)]);
    expect(group.status?.reminders).toEqual([4, 7].map(reminder));
    await host.advance(9 * minutes);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(300);
    expect(statusesAsked(host)).toHaveLength(2);
    await answerStatuses(host, [status()]);
    await host.advance(9 * minutes);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(300);
    expect(statusesAsked(host)).toHaveLength(2);
    expect(group.status).not.toHaveProperty('reminders');
  });
});
