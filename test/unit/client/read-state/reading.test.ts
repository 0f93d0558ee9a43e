import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  establish,
  groupId,
  me,
  pushed,
  standing,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { confirmRead, readsSent, tenMessages } from '../support/ten-messages.ts';
import { answerStatus, movePosition, statusesAsked, ten } from '../support/ten-with-state.ts';

const refuse = (host: ScriptedHost, type: string) => {
  host.socket.reply(type, { type: 'error', code: 'FORBIDDEN', message: 'No.' });
  return host.settle();
};

const confirmUnread = (host: ScriptedHost, status: ReturnType<typeof standing>) => {
  host.socket.reply('mark_unread', { type: 'mark_unread_confirmed', ...status });
  return host.settle();
};

describe('what is seen again', () => {
  it('[RD2] is told once', async () => {
    const { host, group } = await ten();
    group.markSeen([9]);
    await host.settle();
    await confirmRead(host, 2, 7);
    group.markSeen([9]);
    await host.advance(5000);
    expect(readsSent(host)).toEqual(['9']);
  });

  it('is read though the client did not have it when it was seen', async () => {
    const { host, group } = await ten();
    host.answer = () => new Error('no network');
    group.markSeen([12, 13]);
    host.socket.push(pushed(13));
    await host.settle();
    expect(readsSent(host)).toEqual(['13']);
  });

  it('[RD7] is not read once the badge was put back, though the client did not have it', async () => {
    const { host, group } = await ten();
    host.answer = () => new Error('no network');
    group.markSeen([12]);
    const putBack = group.markUnread(2);
    await host.settle();
    await confirmUnread(host, standing(1, 9, 10, 21));
    await putBack;
    host.socket.push(pushed(12));
    await host.advance(5000);
    expect(readsSent(host)).toEqual([]);
  });

  it('keeps no other read waiting, nor does an own message', async () => {
    const { host, group } = await tenMessages({ changed: { 8: { senderId: me } } });
    group.markSeen([1, 2]);
    group.markSeen([8]);
    await host.settle();
    group.markRead(4);
    await host.settle();
    expect(readsSent(host)).toEqual([4]);
  });

  it('is not sent again once the service has refused it', async () => {
    const { host, group } = await ten();
    group.markRead(4);
    await host.settle();
    await refuse(host, 'mark_read');
    expect(group.hasPendingReceipts).toBe(true);
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus(standing(2, 8, 10, 20)));
    await host.advance(5000);
    expect(readsSent(host)).toEqual([]);
  });
});

describe('[RD10] where the user stands is asked for', () => {
  it('when it is not known whether a badge was put back', async () => {
    const { host, group } = await ten();
    const failed = expect(group.markUnread(2)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await host.advance(10_000);
    await failed;
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
  });

  it.each([
    ['was', { type: 'mark_played_confirmed', messageId: `${groupId}.3`, changed: true }],
    ['could not be', { type: 'error', code: 'BAD_REQUEST', message: 'A text.' }],
  ] as const)('when a message %s played', async (_what, reply) => {
    const { host, group } = await ten();
    group.markPlayed(3);
    await host.settle();
    host.socket.reply('mark_played', reply);
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
  });
});

describe('[RD7] while a badge is being put back', () => {
  it('nothing that is seen is read', async () => {
    const { host, group } = await ten();
    const putBack = group.markUnread(2);
    group.markSeen([3]);
    expect(group.readSeq).toBe(2);
    await host.settle();
    await confirmUnread(host, standing(1, 9, 10, 21));
    await putBack;
    expect([group.readSeq, group.countUnread()]).toEqual([1, 9]);
  });

  it('a recall that the answer tells of is heard', async () => {
    const { host, group } = await ten();
    const messages = Array.from({ length: 10 }, (_, i) =>
      aMessage(i + 1, i === 4 ? { content: '', recalled: true } : {}),
    );
    host.answer = () => ({ body: { messages, lastSeq: 10 } });
    void group.markUnread(2);
    await host.settle();
    await confirmUnread(host, standing(1, 8, 10, 21, 0, 1));
    await host.advance(2000);
    expect(group.messages).toContainEqual(expect.objectContaining({ seq: 5, recalled: true }));
  });
});

it('[MS4] a recall that a confirmation tells of is heard', async () => {
  const { host, group } = await ten();
  const messages = Array.from({ length: 10 }, (_, i) =>
    aMessage(i + 1, i === 4 ? { content: '', recalled: true } : {}),
  );
  host.answer = () => ({ body: { messages, lastSeq: 10 } });
  group.markRead(3);
  await host.settle();
  host.socket.reply('mark_read', {
    ...{ type: 'mark_read_confirmed', changed: true },
    ...standing(3, 6, 10, 21, 0, 1),
  });
  await host.advance(2000);
  expect(group.messages).toContainEqual(expect.objectContaining({ seq: 5, recalled: true }));
});

describe('who leaves and comes back', () => {
  const leave = ({ socket }: ScriptedHost) =>
    socket.push({ type: 'group_removed', groupId, reason: 'removed' });

  /** The user is in it again, and has read two of its ten messages. */
  async function comeBack({ host, group }: Awaited<ReturnType<typeof ten>>) {
    leave(host);
    await host.advance(300);
    await answerStatus(host, standing(2, 8, 10, 3));
    const messages = Array.from({ length: 10 }, (_, i) => aMessage(i + 1));
    host.answer = () => ({ body: { messages, lastSeq: 10 } });
    await group.history({ limit: 10 });
    await host.settle();
  }

  it('has read nothing of what was marked or seen before', async () => {
    const scripted = await ten();
    const { host, group } = scripted;
    group.markRead(12);
    group.markSeen([10]);
    await host.settle();
    await confirmRead(host, 10, 0);
    await comeBack(scripted);
    expect([group.readSeq, group.countUnread()]).toEqual([2, 8]);
    group.markSeen([3]);
    expect([group.readSeq, group.countUnread()]).toEqual([3, 7]);
  });

  it('[RD7] reads what is seen, though a badge was put back before', async () => {
    const scripted = await ten();
    const { host, group } = scripted;
    void group.markUnread(1);
    await host.settle();
    await confirmUnread(host, standing(0, 10, 10, 21));
    expect(group.isReadingSuspended).toBe(true);
    await comeBack(scripted);
    expect(group.isReadingSuspended).toBe(false);
  });

  it('has no read or delivery under way', async () => {
    const { client, host, group } = await ten();
    group.markRead(4);
    await host.settle();
    await confirmRead(host, 4, 6);
    group.markRead(5);
    leave(host);
    await host.settle();
    void client.close();
    await host.settle();
    expect(host.timerCount).toBe(0);
  });
});

it('[UN3] a mention that the service may not have noted leaves a doubt', async () => {
  const { host } = await ten();
  movePosition(host, standing(2, 9, 11, 21));
  host.socket.push(pushed(11, { mentions: ['somebody', me] }));
  await host.advance(300);
  expect(statusesAsked(host)).toEqual([[groupId]]);
});

it('[RD10] an own message that the service may have counted leaves a doubt', async () => {
  const { host } = await ten();
  movePosition(host, standing(2, 9, 11, 21));
  host.socket.push(pushed(11, { senderId: me }));
  await host.advance(300);
  expect(statusesAsked(host)).toEqual([[groupId]]);
});

it('a closed client leaves no read and no delivery under way', async () => {
  const { client, host, group } = await ten();
  group.markRead(4);
  await host.settle();
  await confirmRead(host, 4, 6);
  group.markRead(5);
  void client.close();
  await host.settle();
  expect(host.timerCount).toBe(0);
});

describe('a screen is told', () => {
  it('when a read is made, and when it is confirmed', async () => {
    const { host, group } = await ten();
    const told: unknown[] = [];
    await host.advance(3000);
    group.subscribeState(() => told.push([group.readSeq, group.hasPendingReceipts]));
    group.markRead(4);
    await host.settle();
    expect(told.splice(0)).toEqual([[4, true]]);
    await confirmRead(host, 4, 6);
    expect(told.splice(0)).toEqual([[4, false]]);
  });

  it('when the position or the badge alone has moved', async () => {
    const { host, group } = await ten();
    const told: unknown[] = [];
    group.subscribeState(() => told.push([group.readSeq, group.countUnread()]));
    movePosition(host, standing(4, 8, 10, 21));
    await host.settle();
    movePosition(host, standing(4, 6, 10, 22));
    await host.settle();
    movePosition(host, standing(4, 6, 10, 23));
    await host.settle();
    expect(told).toEqual([
      [4, 8],
      [4, 6],
    ]);
  });
});
