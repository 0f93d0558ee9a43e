import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import type { GroupHandle } from '../../../../packages/client/src/groups/group-handle.ts';
import type { ReceivedFrame } from '../../../../packages/client/src/transport/websocket-transport.ts';
import {
  aMessage,
  answerHello,
  aStatus,
  connectedClient,
  establish,
  established,
  groupId,
  me,
  memoryStorage,
  scriptedClient,
} from '../support/scripted-client.ts';
import type { Browser, ScriptedHost } from '../support/scripted-host.ts';

const hourMs = 3_600_000;

const shownIn = (group: GroupHandle) =>
  group.messages.map(({ state, content }) => `${state} ${content}`);

const sentBy = ({ socket }: ScriptedHost) => socket.sentOf('send_message');

/** The message that the last frame asked to store. */
const stored = (host: ScriptedHost, seq: number): Message =>
  aMessage(seq, { senderId: me, ...(sentBy(host).at(-1) as Partial<Message>) });

async function confirmSend(host: ScriptedHost, seq: number): Promise<void> {
  host.socket.reply('send_message', { type: 'message_sent', message: stored(host, seq) });
  await host.settle();
}

async function refuseSend(host: ScriptedHost): Promise<void> {
  host.socket.reply('send_message', { type: 'error', code: 'FORBIDDEN', message: 'No.' });
  await host.settle();
}

/** A page that lost its connection, and in which messages were written after that. */
async function pageLeftWith(contents: string[], storage = memoryStorage()) {
  const page = await connectedClient({}, { storage });
  page.host.socket.drop();
  const outcomes = contents.map((content) => page.group.send(content));
  return { ...page, storage, outcomes };
}

const asSomebody = {
  ...established(aStatus()),
  userId: 'somebody',
} as ReceivedFrame;

describe('messages that were not sent', () => {
  it('[SY5] are shown and sent by the next page, in their order and under their ids', async () => {
    const { group: before, storage } = await pageLeftWith(['one', 'two']);
    const { host, group } = await connectedClient({}, { storage });
    expect(group.messages).toEqual(before.messages);
    expect(sentBy(host).map(({ content }) => content)).toEqual(['one']);
    await confirmSend(host, 1);
    await confirmSend(host, 2);
    expect(shownIn(group)).toEqual(['sent one', 'sent two']);
    expect(group.messages.map(({ clientMessageId }) => clientMessageId)).toEqual(
      before.messages.map(({ clientMessageId }) => clientMessageId),
    );
    expect(storage.size()).toBe(0);
  });

  it('keep their type, their mentions and their metadata', async () => {
    const options = { messageType: 'custom', mentions: ['bo'], metadata: { poll: 7 } } as const;
    const { host, group } = await connectedClient();
    void group.send('', { ...options, mentions: ['bo'] });
    expect(group.messages).toMatchObject([{ state: 'pending', ...options }]);
    await host.settle();
    expect(sentBy(host)).toMatchObject([options]);
  });

  it('[SY5] go out in groups that nobody has asked for', async () => {
    const { client: before, storage } = await pageLeftWith([]);
    void before.group('club').send('Hello');
    const { host, client } = await connectedClient({}, { storage });
    expect(sentBy(host)).toMatchObject([{ groupId: 'club', content: 'Hello' }]);
    expect(shownIn(client.group('club'))).toEqual(['pending Hello']);
  });

  it('[SY5] are those of before the first connection as well, after older ones', async () => {
    const { storage } = await pageLeftWith(['old']);
    const { host, client, group } = scriptedClient({ storage });
    void client.connect();
    host.newIds(10);
    void group.send('new');
    await establish(host, aStatus());
    expect(shownIn(group)).toEqual(['pending old', 'pending new']);
    expect(group.messages.map(({ senderId }) => senderId)).toEqual([me, me]);
    const next = await connectedClient({}, { storage });
    expect(shownIn(next.group)).toEqual(['pending old', 'pending new']);
  });

  it('stay those of their user, on whose behalf alone they are sent', async () => {
    const { client, host, group, outcomes, storage } = await pageLeftWith(['secret']);
    await host.advance(250);
    await answerHello(host, asSomebody);
    expect([group.messages, sentBy(host)]).toEqual([[], []]);
    const next = await connectedClient({}, { storage });
    expect(sentBy(next.host)).toMatchObject([{ content: 'secret' }]);
    await client.close();
    expect(await outcomes[0]).toMatchObject({ outcome: 'failed', error: { code: 'CLOSED' } });
  });

  it('are not sent to another service that knows the same user', async () => {
    const { storage } = await pageLeftWith(['Hello']);
    const { host, group } = await connectedClient({}, { storage, httpUrl: 'https://other.test' });
    expect([group.messages, sentBy(host)]).toEqual([[], []]);
  });

  it('are not sent by themselves when they are older than a day', async () => {
    const { storage } = await pageLeftWith(['of yesterday']);
    const { host, client, group } = scriptedClient({ storage });
    host.skewMs = 25 * hourMs;
    void client.connect();
    await establish(host, aStatus());
    expect(sentBy(host)).toEqual([]);
    expect(group.messages).toMatchObject([{ state: 'failed', error: { code: 'TOO_OLD' } }]);
    expect(group.retry(group.messages[0]?.clientMessageId ?? '')).toBe(true);
    expect(shownIn(group)).toEqual(['pending of yesterday']);
    await host.settle();
    await confirmSend(host, 1);
    expect(shownIn(group)).toEqual(['sent of yesterday']);
    expect(storage.size()).toBe(0);
  });

  it('are tried once more by the next page when they were refused, and no more once given up', async () => {
    const storage = memoryStorage();
    const { host, group } = await connectedClient({}, { storage });
    void group.send('Hello');
    await host.settle();
    await refuseSend(host);
    const next = await connectedClient({}, { storage });
    await refuseSend(next.host);
    expect(shownIn(next.group)).toEqual(['failed Hello']);
    next.group.discard(next.group.messages[0]?.clientMessageId ?? '');
    expect(storage.size()).toBe(0);
  });
});

describe('another tab', () => {
  /** Two tabs: the second has taken up what the first could not send. */
  async function twoTabs() {
    const options = { storage: memoryStorage(), browser: new Map() as Browser };
    const one = await connectedClient({}, options);
    one.host.socket.drop();
    const outcome = one.group.send('Hello');
    const two = await connectedClient({}, options);
    return { one, two, outcome, ...options };
  }

  it('[SY5] sends what a tab left, and both show it once', async () => {
    const { one, two, outcome, storage } = await twoTabs();
    await confirmSend(two.host, 1);
    two.host.socket.push({ type: 'new_message', groupId, message: stored(two.host, 1) });
    expect(await outcome).toMatchObject({ outcome: 'sent' });
    await one.host.advance(250);
    await establish(one.host, aStatus({ lastSeq: 1 }));
    for (const { group } of [one, two]) expect(shownIn(group)).toEqual(['sent Hello']);
    expect(sentBy(one.host)).toEqual([]);
    expect(storage.size()).toBe(0);
  });

  it('[SY5] and its own tab may both send it: it has one id', async () => {
    const { one, two, storage } = await twoTabs();
    await one.host.advance(250);
    await establish(one.host, aStatus());
    const ids = [one, two].map(({ host }) => sentBy(host).map((frame) => frame.clientMessageId));
    expect(ids[0]).toEqual(ids[1]);
    for (const { host, group } of [one, two]) {
      await confirmSend(host, 1);
      expect(shownIn(group)).toEqual(['sent Hello']);
    }
    expect(storage.size()).toBe(0);
  });

  it('does not send what the user gave up in the first', async () => {
    const { one, two, outcome, storage } = await twoTabs();
    await refuseSend(two.host);
    two.group.discard(two.group.messages[0]?.clientMessageId ?? '');
    expect(await outcome).toEqual({ outcome: 'discarded' });
    await one.host.advance(250);
    await establish(one.host, aStatus());
    expect(sentBy(one.host)).toEqual([]);
    expect(storage.size()).toBe(0);
  });
});

describe('a storage', () => {
  it('that is full or forbidden stops no message', async () => {
    const fail = () => {
      throw new Error('QuotaExceededError');
    };
    const storage = { getItem: fail, setItem: fail, removeItem: fail };
    const { host, group } = await connectedClient({}, { storage });
    const outcome = group.send('Hello');
    await host.settle();
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus());
    await confirmSend(host, 1);
    expect(await outcome).toMatchObject({ outcome: 'sent' });
  });

  it.each([
    ['no JSON', '{'],
    ['no groups', 'null'],
    ['no messages', '{"team":{"read":[],"delivered":[],"messages":7}}'],
    ['something else among messages', '{"team":{"read":[],"delivered":[],"messages":[null]}}'],
  ])('that holds %s stops no message', async (_, text) => {
    const storage = memoryStorage();
    storage.setItem('seenby https://api.test/ me', text);
    const { host, group } = await connectedClient({}, { storage });
    void group.send('Hello');
    await host.settle();
    await confirmSend(host, 1);
    expect(shownIn(group)).toEqual(['sent Hello']);
    expect(storage.size()).toBe(0);
  });
});
