import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  establish,
  groupId,
  pushed,
  standing,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { tenMessages } from '../support/ten-messages.ts';
import { movePosition, ten } from '../support/ten-with-state.ts';

const recall = ({ socket }: ScriptedHost, seq: number) =>
  socket.push({ type: 'message_recalled', groupId, messageId: `${groupId}.${seq}`, seq });

const emptied = { content: '', recalled: true } as const;

/** Answers with all messages, some of them recalled. */
function serve(host: ScriptedHost, last: number, ...recalled: number[]) {
  const messages = Array.from({ length: last }, (_, i) =>
    aMessage(i + 1, recalled.includes(i + 1) ? emptied : {}),
  );
  host.answer = ({ path }) => {
    const after = Number(new URL(path, 'https://x').searchParams.get('after') ?? 0);
    return { body: { messages: messages.filter(({ seq }) => seq > after), lastSeq: last } };
  };
}

const pagesAsked = ({ requests }: ScriptedHost) =>
  requests.filter(({ path }) => path.includes('/messages?')).length;

const contentOf = ({ messages }: { messages: readonly object[] }, seq: number) =>
  (messages as Message[]).find((message) => message.seq === seq)?.content;

describe('[MS4] a recalled message has no content', () => {
  it('when its recall came before it', async () => {
    const { host, group } = await ten();
    recall(host, 11);
    host.socket.push(pushed(11, { metadata: { secret: 1 } }));
    await host.settle();
    expect(contentOf(group, 11)).toBe('');
    expect(JSON.stringify(group.messages)).not.toContain('secret');
    expect([group.countUnread(), group.status?.lastMessage?.content]).toEqual([8, '']);
  });

  it('when it was recalled while there was no connection', async () => {
    const { host, group } = await tenMessages();
    const told: number[] = [];
    group.on('message', ({ message }) => told.push(message.seq));
    host.socket.drop();
    serve(host, 10, 5);
    await host.advance(250);
    await establish(host, aStatus(standing(2, 7, 10, 1, 0, 1)));
    await host.advance(2000);
    expect(contentOf(group, 5)).toBe('');
    expect([group.countUnread(), told]).toEqual([7, [5]]);
  });

  it('when the frame was lost, once anything tells where the user stands', async () => {
    const { host, group } = await ten();
    serve(host, 10, 5);
    movePosition(host, standing(2, 7, 10, 20, 0, 1));
    await host.advance(2000);
    expect(contentOf(group, 5)).toBe('');
  });

  it('when it came late, after what told of its recall', async () => {
    const { host, group } = await ten();
    serve(host, 11, 11);
    movePosition(host, standing(2, 8, 11, 20, 0, 1));
    host.socket.push(pushed(11));
    await host.advance(3000);
    expect(contentOf(group, 11)).toBe('');
  });

  it('when it was recalled while its page was on its way', async () => {
    const { host, group } = await tenMessages();
    const page = { messages: Array.from({ length: 10 }, (_, i) => aMessage(i + 1)), lastSeq: 10 };
    host.answer = () => {
      movePosition(host, standing(2, 7, 10, 20, 0, 1));
      return { body: page };
    };
    await group.history({ after: 0 });
    serve(host, 10, 5);
    await host.advance(2000);
    expect(contentOf(group, 5)).toBe('');
  });

  it('though the service could not be asked at first', async () => {
    const { host, group } = await ten();
    movePosition(host, standing(2, 7, 10, 20, 0, 1));
    await host.advance(2000);
    expect(contentOf(group, 5)).not.toBe('');
    serve(host, 10, 5);
    await host.advance(4000);
    expect(contentOf(group, 5)).toBe('');
  });
});

it('[MS4] a recall goes on when the page goes away', async () => {
  const { host, group } = await tenMessages();
  host.answer = () => ({ body: {} });
  await group.recall(5);
  const { method, isKeptAlive } = host.requests.at(-1) ?? {};
  expect([method, isKeptAlive, contentOf(group, 5)]).toEqual(['DELETE', true, '']);
});

describe('what is loaded is not asked for again', () => {
  it('when the recall is known that a state tells of', async () => {
    const { host } = await ten();
    const asked = pagesAsked(host);
    recall(host, 5);
    movePosition(host, standing(2, 7, 10, 20, 0, 1));
    movePosition(host, standing(2, 8, 11, 20, 0, 1));
    host.socket.push(pushed(11));
    await host.advance(20_000);
    expect(pagesAsked(host)).toBe(asked);
  });

  it('when the user reads, writes and is written to', async () => {
    const { host, group } = await ten();
    const asked = pagesAsked(host);
    movePosition(host, standing(8, 3, 11, 21));
    host.socket.push(pushed(11));
    movePosition(host, standing(11, 0, 11, 22));
    await host.advance(20_000);
    expect([pagesAsked(host), group.countUnread()]).toEqual([asked, 0]);
  });
});

it('[MS1] a lost seq is shown to nobody and counts nowhere', async () => {
  const { host, group } = await ten();
  const lost = { lost: true, content: 'never sent' } as const;
  host.answer = () => ({
    body: { messages: [aMessage(11, lost), aMessage(12)], lastSeq: 12 },
  });
  const page = await group.history({ after: 10 });
  expect(page.messages.map(({ seq }) => seq)).toEqual([12]);
  expect(contentOf(group, 11)).toBeUndefined();
  expect(group.countUnread()).toBe(9);
  expect(group.status?.lastMessage?.content).toBe('Message 12');
  group.markRead(10);
  expect(group.firstUnread).toBe(12);
  group.markSeen([12]);
  expect([group.readSeq, group.countUnread()]).toEqual([12, 0]);
});
