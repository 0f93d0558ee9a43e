import { describe, expect, it } from 'vitest';
import {
  aMessage,
  answerHello,
  aStatus,
  connectedClient,
  established,
  groupId,
  memoryStorage,
  pushed,
  type ScriptedClientOptions,
  scriptedClient,
  standing,
} from './support/scripted-client.ts';

const inEpoch = (epoch: string, ...statuses: ReturnType<typeof aStatus>[]) => ({
  ...established(...statuses),
  epoch,
});

/** A client that has the group open, and knows what it said in an epoch. */
async function clientIn(
  epoch: string,
  status: Parameters<typeof aStatus>[0],
  options: ScriptedClientOptions = {},
) {
  const scripted = scriptedClient(options);
  void scripted.client.connect();
  void scripted.group.subscribe();
  await answerHello(scripted.host, inEpoch(epoch, aStatus(status)));
  return scripted;
}

const messages = (...seqs: number[]) => ({
  body: { messages: seqs.map((seq) => aMessage(seq)), lastSeq: seqs.at(-1) ?? 0 },
});

describe('[RD10] a service that goes on from an earlier time', () => {
  it('is believed, though all that it says is older than what is known', async () => {
    const { host, client, group } = await clientIn('one', {
      ...{ lastSeq: 9, readSeq: 7, unreadCount: 2, stateVersion: 20, name: 'Renamed' },
    });
    host.answer = () => messages(1, 2, 3);
    const restored: string[] = [];
    group.on('restored', (event) => restored.push(event.groupId));
    host.socket.drop();
    await host.advance(5000);
    await answerHello(
      host,
      inEpoch('two', aStatus({ lastSeq: 3, readSeq: 1, unreadCount: 2, stateVersion: 4 })),
    );
    await host.advance(1000);
    expect(restored).toEqual([groupId]);
    expect(client.totalUnread).toBe(2);
    expect(group.status).toMatchObject({ name: 'Team', lastSeq: 3, readSeq: 1 });
    expect(group.messages.map(({ state, content }) => `${state} ${content}`)).toEqual([
      ...['sent Message 1', 'sent Message 2', 'sent Message 3'],
    ]);
  });

  it('is not believed where it is the same as before', async () => {
    const { host, group } = await clientIn('one', { lastSeq: 9, readSeq: 7, stateVersion: 20 });
    host.socket.drop();
    await host.advance(5000);
    await answerHello(host, inEpoch('one', aStatus({ lastSeq: 3, readSeq: 1, stateVersion: 4 })));
    expect(group.readSeq).toBe(7);
  });

  it('tells of groups that it does not know: they are lost', async () => {
    const { host, group } = await clientIn('one', { lastSeq: 9 });
    const removed: string[] = [];
    group.on('removed', (event) => removed.push(event.groupId));
    host.socket.drop();
    await host.advance(5000);
    await answerHello(host, inEpoch('two'));
    expect(removed).toEqual([groupId]);
    expect(group.status).toBeUndefined();
  });

  it('does not hear what a connection from before still brings', async () => {
    let exp = Date.UTC(2026, 0, 1) / 1000;
    const getToken = () => {
      exp += 120;
      return `h.${btoa(JSON.stringify({ exp }))}.s`;
    };
    const { host, group } = await clientIn('one', { lastSeq: 2, readSeq: 2 }, { getToken });
    const old = host.socket;
    // Renewed before its token runs out: for some seconds there are two.
    await host.advance(31_000);
    expect(host.socket).not.toBe(old);
    await answerHello(host, inEpoch('two', aStatus({ lastSeq: 1, readSeq: 1 })));
    old.push({ type: 'read_position', ...standing(2, 0, 2, 90) });
    expect(group.readSeq).toBe(1);
  });

  it('takes back a recall that it has not seen', async () => {
    const { host, group } = await clientIn('one', { lastSeq: 1, readSeq: 1 });
    host.socket.push(pushed(2));
    host.socket.push({ type: 'message_recalled', groupId, messageId: `${groupId}.2`, seq: 2 });
    host.answer = () => messages(1, 2);
    host.socket.drop();
    await host.advance(5000);
    await answerHello(host, inEpoch('two', aStatus({ lastSeq: 2, readSeq: 1, unreadCount: 1 })));
    await host.advance(1000);
    expect(group.messages.map(({ content }) => content)).toEqual(['Message 1', 'Message 2']);
  });
});

describe('[SY5] what a client has not sent when the service is restored', () => {
  /** A page that reads and writes without a connection. */
  async function offlinePage(epoch: string | undefined, storage = memoryStorage()) {
    const scripted = scriptedClient({ storage });
    void scripted.client.connect();
    void scripted.group.subscribe();
    const said = established(aStatus({ lastSeq: 9, readSeq: 2, unreadCount: 7 }));
    await answerHello(scripted.host, { ...said, ...(epoch !== undefined && { epoch }) });
    scripted.host.socket.drop();
    scripted.group.markRead();
    void scripted.group.send('Hello');
    await scripted.host.settle();
    return { ...scripted, storage };
  }

  const sentBy = ({ host }: Awaited<ReturnType<typeof offlinePage>>) =>
    ['send_message', 'mark_read']
      .flatMap((type) => host.socket.sentOf(type))
      .map((each) => each.type);

  it.each(['one', undefined])(
    'are messages, and no receipts: their seqs may be those of others (%s)',
    async (epoch) => {
      const page = await offlinePage(epoch);
      await page.host.advance(5000);
      await answerHello(
        page.host,
        inEpoch('two', aStatus({ lastSeq: 3, readSeq: 1, unreadCount: 2 })),
      );
      await page.host.advance(1000);
      expect(sentBy(page)).toEqual(['send_message']);
    },
  );

  it('are both where it is the same as before', async () => {
    const page = await offlinePage('one');
    await page.host.advance(5000);
    await answerHello(
      page.host,
      inEpoch('one', aStatus({ lastSeq: 9, readSeq: 2, unreadCount: 7 })),
    );
    await page.host.advance(1000);
    expect(sentBy(page)).toEqual(['send_message', 'mark_read']);
  });

  it.each(['one', undefined])(
    'goes along to a page that is loaded afterwards (%s)',
    async (epoch) => {
      const { storage, client } = await offlinePage(epoch);
      client.getSnapshot();
      const after = { ...scriptedClient({ storage }), storage };
      void after.client.connect();
      await answerHello(
        after.host,
        inEpoch('two', aStatus({ lastSeq: 3, readSeq: 1, unreadCount: 2 })),
      );
      await after.host.advance(1000);
      expect(sentBy(after)).toEqual(['send_message']);
    },
  );

  it('leaves nothing of it in the storage but where the service stands', async () => {
    const storage = memoryStorage();
    const { host, group } = await clientIn('one', { lastSeq: 9 }, { storage });
    await host.advance(1000);
    host.socket.drop();
    group.markPlayed(3);
    await host.settle();
    expect(storage.size()).toBe(2);
    const next = scriptedClient({ storage });
    void next.client.connect();
    await answerHello(next.host, inEpoch('two', aStatus({ lastSeq: 3 })));
    await next.host.advance(1000);
    expect(next.host.socket.sentOf('mark_played')).toEqual([]);
    expect(storage.size()).toBe(1);
  });
});

it('a service without epochs is the same service', async () => {
  const { host, group } = await connectedClient({ lastSeq: 9, readSeq: 7, stateVersion: 20 });
  host.socket.drop();
  await host.advance(5000);
  await answerHello(host, established(aStatus({ lastSeq: 3, readSeq: 1, stateVersion: 4 })));
  expect(group.readSeq).toBe(7);
});
