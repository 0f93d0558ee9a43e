import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  connectedClient,
  establish,
  groupId,
  me,
  pushed,
  versionOf,
} from './support/scripted-client.ts';
import type { ScriptedHost } from './support/scripted-host.ts';
import { serveHistory } from './support/serve-history.ts';

const seqsOf = (messages: readonly object[]) => messages.map((each) => (each as Message).seq);
const historyRequests = (host: ScriptedHost) =>
  host.requests.filter(({ path }) => path.includes('/messages'));

async function openedAt(lastSeq: number) {
  const scripted = await connectedClient({ lastSeq, readSeq: lastSeq });
  serveHistory(scripted.host, () => lastSeq);
  await scripted.group.history({ limit: 5 });
  const arrived: number[] = [];
  scripted.group.on('message', ({ message }) => arrived.push(message.seq));
  return { ...scripted, arrived };
}

describe('messages', () => {
  it('[PU4] come once, in order, however often and in whatever order they are pushed', async () => {
    const { host, group, arrived } = await openedAt(5);
    for (const seq of [7, 6, 7, 8, 6, 8]) host.socket.push(pushed(seq));
    await host.advance(1000);
    expect(seqsOf(group.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...arrived].sort()).toEqual([6, 7, 8]);
    expect(group.countUnread()).toBe(3);
    // What was overtaken was not fetched.
    expect(historyRequests(host)).toHaveLength(1);
  });

  it('are fetched where pushes left a gap', async () => {
    const { host, group, arrived } = await openedAt(5);
    serveHistory(host, () => 9);
    host.socket.push(pushed(9));
    await host.advance(200);
    expect(historyRequests(host).at(-1)?.path).toBe(`/groups/${groupId}/messages?after=5&limit=3`);
    expect(seqsOf(group.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(arrived).toEqual([9, 6, 7, 8]);
    expect(group.countUnread()).toBe(4);
  });

  it('that are being stored this moment are asked for again, and lost ones not for ever', async () => {
    const { client, host, group } = await openedAt(5);
    serveHistory(host, () => 8, [7]);
    host.socket.push(pushed(8));
    await host.advance(400);
    expect(seqsOf(group.messages)).toEqual([1, 2, 3, 4, 5, 6, 8]);
    await host.advance(2 * 60_000);
    const asked = historyRequests(host).length;
    await host.advance(4 * 60_000);
    expect(historyRequests(host)).toHaveLength(asked);
    serveHistory(host, () => 10);
    // The scripted service answers no ping, so the connection was given up.
    void client.connect();
    await establish(host, aStatus({ lastSeq: 8, readSeq: 5, unreadCount: 2 }));
    host.socket.push(pushed(10));
    await host.advance(1000);
    expect(seqsOf(group.messages).slice(-3)).toEqual([8, 9, 10]);
  });

  it('missed without a connection are fetched for a group on the screen', async () => {
    const { host, group, arrived } = await openedAt(5);
    void group.subscribe();
    await host.settle();
    host.socket.drop();
    serveHistory(host, () => 7);
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 7, readSeq: 5, unreadCount: 2 }));
    host.socket.reply('subscribe_group', {
      ...{ type: 'subscription_confirmed', groupId, lastSeq: 7, readSeq: 5 },
      ...{ unreadCount: 2, mentionCount: 0, stateVersion: versionOf(1, 7), version: 1 },
    });
    await host.advance(10);
    expect(arrived).toEqual([6, 7]);
    expect(group.countUnread()).toBe(2);
  });

  it('too many to fetch are told as a gap, and the newest page is there', async () => {
    const { host, group } = await openedAt(5);
    const told: object[] = [];
    group.on('gap', (event) => told.push(event));
    serveHistory(host, () => 2000);
    host.socket.push(pushed(2000));
    await host.advance(1000);
    expect(told).toEqual([{ groupId, fromSeq: 6, toSeq: 1900 }]);
    expect(seqsOf(group.messages)).toHaveLength(100);
    expect(seqsOf(group.messages)[0]).toBe(1901);
  });

  it('page back to the first one without gap or repeat', async () => {
    const { host, group } = await connectedClient({ lastSeq: 12, readSeq: 12 });
    serveHistory(host, () => 12);
    const pages = [];
    for (let page = await group.history({ limit: 5 }); ; ) {
      pages.push(seqsOf(page.messages));
      if (!page.hasMore) break;
      page = await group.history({ limit: 5 });
    }
    expect(pages).toEqual([
      [8, 9, 10, 11, 12],
      [3, 4, 5, 6, 7],
      [1, 2],
    ]);
    expect(seqsOf(group.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('that a page brings before their push count and are told all the same', async () => {
    const { host, group, arrived } = await openedAt(5);
    serveHistory(host, () => 6);
    await group.history({ after: 5 });
    host.socket.push(pushed(6));
    await host.settle();
    expect(arrived).toEqual([6]);
    expect(group.countUnread()).toBe(1);
  });

  it('lose their content when recalled, and do not count as unread any more', async () => {
    const { client, host, group } = await openedAt(5);
    const recalled: Message[] = [];
    host.socket.push(pushed(6));
    group.on('message', ({ message }) => recalled.push(message));
    host.socket.push({ type: 'message_recalled', groupId, messageId: 'team.6', seq: 6 });
    host.socket.push({ type: 'message_recalled', groupId, messageId: 'team.6', seq: 6 });
    host.socket.push(pushed(6));
    await host.settle();
    expect(recalled).toMatchObject([{ seq: 6, content: '', recalled: true }]);
    expect(group.messages.at(-1)).toMatchObject({ seq: 6, content: '', recalled: true });
    expect(client.totalUnread).toBe(0);
    expect(client.groups()[0]?.lastMessage).toMatchObject({ seq: 6, content: '', recalled: true });
  });

  it('stay the same objects in a snapshot that stays the same until something changes', async () => {
    const { client, host, group } = await openedAt(5);
    let changes = 0;
    group.subscribeState(() => (changes += 1));
    const before = group.getSnapshot();
    expect(group.getSnapshot()).toBe(before);
    expect(client.getSnapshot()).toBe(client.getSnapshot());
    host.socket.push(pushed(6));
    await host.settle();
    expect(changes).toBe(1);
    const after = group.getSnapshot();
    expect(after).not.toBe(before);
    expect(after.messages[0]).toBe(before.messages[0]);
    expect(after.status).toMatchObject({ lastSeq: 6, unreadCount: 1 });
    expect(after.status?.lastMessage?.content).toBe('Message 6');
  });
});

describe('sending', () => {
  const sentMessage = (requested: object | undefined, seq: number): Message => {
    const { clientMessageId, content } = requested as Message;
    return aMessage(seq, { senderId: me, clientMessageId, content });
  };

  it('shows a message at once, sends in order, and ends with the stored ones', async () => {
    const { host, group } = await connectedClient();
    const outcomes = [group.send('one'), group.send('two')];
    expect(group.messages.map(({ state, content }) => [state, content])).toEqual([
      ['pending', 'one'],
      ['pending', 'two'],
    ]);
    await host.settle();
    expect(host.socket.sentOf('send_message')).toHaveLength(1);
    for (const seq of [1, 2]) {
      const message = sentMessage(host.socket.sentOf('send_message').at(-1), seq);
      host.socket.reply('send_message', { type: 'message_sent', message });
      await host.settle();
      host.socket.push({ type: 'new_message', groupId, message });
    }
    expect(await Promise.all(outcomes)).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);
    expect(group.messages.map(({ state, content }) => [state, content])).toEqual([
      ['sent', 'one'],
      ['sent', 'two'],
    ]);
    expect(group.countUnread()).toBe(0);
  });

  it('waits for a connection, and sends the same message again after a loss', async () => {
    const { host, group } = await connectedClient();
    const outcome = group.send('Hello');
    await host.settle();
    const first = host.socket.sentOf('send_message')[0];
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus());
    const again = host.socket.sentOf('send_message')[0];
    expect(again?.clientMessageId).toBe(first?.clientMessageId);
    // The first attempt had been stored: its push comes before the reply.
    const message = sentMessage(again, 1);
    host.socket.push({ type: 'new_message', groupId, message });
    expect(await outcome).toEqual({ outcome: 'sent', message });
    host.socket.reply('send_message', { type: 'message_sent', message });
    await host.settle();
    expect(group.messages).toHaveLength(1);
  });

  it('fails where the service refuses, holds up nothing, and can be retried or discarded', async () => {
    const { host, group } = await connectedClient();
    const outcome = group.send('too long');
    void group.send('fine');
    await host.settle();
    const refusal = { type: 'error', code: 'BAD_REQUEST', message: 'is over 8 KB' } as const;
    host.socket.reply('send_message', refusal);
    await host.settle();
    expect(await outcome).toMatchObject({ outcome: 'failed', error: { code: 'BAD_REQUEST' } });
    expect(group.messages.map(({ state }) => state)).toEqual(['failed', 'pending']);
    expect(host.socket.sentOf('send_message').at(-1)?.content).toBe('fine');

    const [failed] = group.messages;
    expect(group.retry('nothing')).toBe(false);
    expect(group.retry(failed?.clientMessageId ?? '')).toBe(true);
    expect(group.messages.map(({ content }) => content)).toEqual(['fine', 'too long']);
    const message = sentMessage(host.socket.sentOf('send_message').at(-1), 1);
    host.socket.reply('send_message', { type: 'message_sent', message });
    await host.settle();
    host.socket.reply('send_message', refusal);
    await host.settle();
    expect(group.discard(failed?.clientMessageId ?? '')).toBe(true);
    expect(group.messages.map(({ content }) => content)).toEqual(['fine']);
  });

  it('takes its time where the service is too busy', async () => {
    const { host, group } = await connectedClient();
    void group.send('Hello');
    await host.settle();
    const busy = { type: 'error', code: 'RATE_LIMITED', message: 'Slow.' } as const;
    host.socket.reply('send_message', { ...busy, retryAfterMs: 600 });
    await host.advance(599);
    expect(host.socket.sentOf('send_message')).toHaveLength(1);
    await host.advance(1);
    expect(host.socket.sentOf('send_message')).toHaveLength(2);
  });
});
