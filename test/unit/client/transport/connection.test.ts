import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../../packages/client/src/transport/connection-status.ts';
import { retryDelayMs } from '../../../../packages/client/src/transport/retry-delay.ts';
import {
  aStatus,
  connectedClient,
  establish,
  pushed,
  scriptedClient,
} from '../support/scripted-client.ts';

const minuteMs = 60_000;

const tokenUntil = (expiresAt: number, name = 'x'): string =>
  `h.${Buffer.from(JSON.stringify({ exp: expiresAt / 1000, name })).toString('base64url')}.s`;

describe('connecting', () => {
  it('carries the token in a subprotocol, says hello first, and knows all groups then', async () => {
    const { client, host } = scriptedClient();
    const connected = client.connect();
    expect(client.connection.state).toBe('connecting');
    await establish(host, aStatus({ lastSeq: 5, readSeq: 2, unreadCount: 3 }));
    await connected;
    expect(host.socket.url).toBe('wss://sockets.test/v1');
    expect(host.socket.protocols).toEqual(['seenby.v1', 'bearer.token']);
    expect(host.socket.sent[0]?.type).toBe('hello');
    expect(client.connection).toEqual({ state: 'connected' });
    expect(client.userId).toBe('me');
    expect(client.totalUnread).toBe(3);
    expect(client.groups().map(({ groupId }) => groupId)).toEqual(['team']);
  });

  it('waits and tries again when there is no token, and says why', async () => {
    const tokens = [new Error('signed out'), '<!doctype html>', 'good'];
    const { client, host } = scriptedClient({
      getToken: async () => {
        const token = tokens.shift() ?? '';
        if (token instanceof Error) throw token;
        return token;
      },
    });
    client.connect().catch(() => {});
    await host.settle();
    expect(client.connection).toMatchObject({ state: 'waiting', retryIn: 250 });
    expect(client.connection.error?.message).toBe('getToken: Error: signed out');
    await host.advance(250);
    expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'NO_TOKEN' } });
    expect(client.connection.error?.message).toBe('getToken: Error: not a token');
    await host.advance(client.connection.retryIn ?? 0);
    expect(host.socket.protocols).toContain('bearer.good');
  });

  it('asks for another token after a refused upgrade, which does not say why it was', async () => {
    let issued = 0;
    const { client, host } = scriptedClient({ getToken: () => `token-${++issued}` });
    client.connect().catch(() => {});
    await host.settle();
    host.socket.drop();
    await host.advance(250);
    expect(host.socket.protocols).toContain('bearer.token-2');
  });

  it('gives up on a socket that never opens or never answers hello', async () => {
    const { client, host } = scriptedClient();
    client.connect().catch(() => {});
    await host.advance(10_000);
    expect(host.sockets[0]?.isClosed).toBe(true);
    expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'TIMEOUT' } });
  });

  it('waits longer from the second attempt on, as a service that all come back to at once answers late', async () => {
    const { client, host } = scriptedClient();
    client.connect().catch(() => {});
    for (const patienceMs of [10_000, 30_000, 30_000]) {
      await host.settle();
      await host.advance(patienceMs - 1);
      expect(client.connection.state).toBe('connecting');
      await host.advance(1);
      expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'TIMEOUT' } });
      await host.advance(client.connection.retryIn ?? 0);
    }
  });

  it('is over with close: the promise rejects, and nothing is left running', async () => {
    const { client, host } = scriptedClient();
    const refused = expect(client.connect()).rejects.toMatchObject({ code: 'CLOSED' });
    await host.settle();
    client.close();
    await refused;
    expect(client.connection).toEqual({ state: 'closed' });
    expect(host.timerCount).toBe(0);
    expect(host.socket.isClosed).toBe(true);
    const opened = host.sockets.length;
    await host.advance(minuteMs);
    expect(host.sockets.length).toBe(opened);
  });

  it('leaves nothing running after a close in the midst of everything', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    void group.send('Hello');
    host.socket.push(pushed(2));
    host.socket.push(pushed(4));
    host.socket.push({ type: 'typing_indicator', groupId: 'team', userId: 'ann' });
    await host.settle();
    client.close();
    await host.settle();
    expect(host.timerCount).toBe(0);
  });
});

describe('reconnecting', () => {
  it('spreads attempts over all of a limit that doubles up to half a minute', () => {
    expect([0, 1, 2, 5, 6, 60].map((attempt) => retryDelayMs(attempt, () => 0.999))).toEqual([
      499, 999, 1998, 15984, 29970, 29970,
    ]);
    expect(retryDelayMs(3, () => 0)).toBe(0);
  });

  it('comes back by itself, tells when, and begins small again after a while of peace', async () => {
    const { client, host } = await connectedClient();
    const seen: ConnectionStatus[] = [];
    client.on('connection', (status) => seen.push(status));
    host.socket.drop();
    expect(client.connection).toMatchObject({ state: 'waiting', retryIn: 250 });
    await host.advance(250);
    host.socket.drop();
    await host.settle();
    expect(client.connection.retryIn).toBe(500);
    await host.advance(500);
    await establish(host, aStatus());
    await host.advance(5000);
    host.socket.drop();
    expect(client.connection.retryIn).toBe(250);
    expect(seen.map(({ state }) => state)).toEqual([
      ...['waiting', 'connecting', 'waiting', 'connecting', 'connected', 'waiting'],
    ]);
  });

  it('does not wait when the network or the page is back', async () => {
    const { client, host } = await connectedClient();
    host.socket.drop();
    host.page('online');
    await establish(host, aStatus());
    expect(client.connection.state).toBe('connected');
    expect(host.sockets.length).toBe(2);
  });

  it('finds out that a transport has died while the page was away', async () => {
    const { client, host } = await connectedClient();
    await host.advance(2 * minuteMs);
    host.page('visible');
    await host.settle();
    expect(host.socket.sent.at(-1)?.type).toBe('ping');
    await host.advance(5000);
    expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'TIMEOUT' } });
  });

  it('opens the groups on the screen again', async () => {
    const { host, group } = await connectedClient({ lastSeq: 1 });
    void group.subscribe();
    await host.settle();
    expect(host.socket.sentOf('subscribe_group')).toHaveLength(1);
    host.socket.drop();
    await host.advance(250);
    await establish(host, aStatus({ lastSeq: 1 }));
    expect(host.socket.sentOf('subscribe_group')).toMatchObject([{ groupIds: ['team'] }]);
  });

  it('gets a new token when the service says the old one has run out', async () => {
    let issued = 0;
    const { client, host } = await connectedClient({}, { getToken: () => `token-${++issued}` });
    host.socket.push({ type: 'error', code: 'TOKEN_EXPIRED', message: 'Over.' });
    expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'TOKEN_EXPIRED' } });
    await host.advance(250);
    expect(host.socket.protocols).toContain('bearer.token-2');
  });
});

it('[SE9] does not hurry back when its user has too many connections', async () => {
  const { client, host } = await connectedClient();
  await host.advance(minuteMs);
  const code = 'TOO_MANY';
  host.socket.push({ type: 'error', code, message: 'A frame.', requestId: 'of-a-frame' });
  expect(client.connection).toMatchObject({ state: 'connected' });
  host.socket.push({ type: 'error', code, message: 'A user has 20 connections at most.' });
  expect(client.connection).toMatchObject({ state: 'waiting', error: { code }, retryIn: 15_000 });
});

describe('staying connected', () => {
  it('[PU4] asks every nine minutes, whatever comes: a push that does not come shows by nothing else', async () => {
    const { host } = await connectedClient();
    await host.advance(8 * minuteMs);
    host.socket.push({ type: 'typing_indicator', groupId: 'team', userId: 'ann' });
    expect(host.socket.sentOf('ping')).toHaveLength(0);
    await host.advance(minuteMs);
    expect(host.socket.sentOf('ping')).toHaveLength(1);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(8.5 * minuteMs);
    expect(host.socket.sentOf('ping')).toHaveLength(1);
    await host.advance(minuteMs / 2);
    expect(host.socket.sentOf('ping')).toHaveLength(2);
  });

  it('leaves a transport that does not answer the heartbeat', async () => {
    const { client, host } = await connectedClient();
    await host.advance(9 * minuteMs + 5000);
    expect(client.connection.state).toBe('waiting');
  });

  it('stays on a transport that is slow to answer, as long as anything comes', async () => {
    const { client, host } = await connectedClient();
    await host.advance(9 * minuteMs + 1000);
    host.socket.push(pushed(1));
    await host.advance(4000);
    expect(client.connection.state).toBe('connected');
  });

  it('replaces a transport before its two hours are over, without a moment of interruption', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    const states: string[] = [];
    client.on('connection', ({ state }) => states.push(state));
    const [first] = host.sockets;
    while (host.sockets.length === 1) {
      await host.advance(1000);
      if (first?.sent.at(-1)?.type === 'ping') first.reply('ping', { type: 'pong' });
    }
    expect(host.now - Date.UTC(2026, 0, 1)).toBeLessThan(2 * 60 * minuteMs);
    expect(client.connection.state).toBe('connected');

    void group.send('over the old transport');
    await host.settle();
    expect(first?.sentOf('send_message')).toHaveLength(1);
    await establish(host, aStatus({ lastSeq: 1 }));
    first?.push(pushed(2, { clientMessageId: 'id-1', senderId: 'me' }));
    await host.settle();
    expect(group.messages.map(({ state }) => state)).toEqual(['sent']);

    group.markRead(2);
    expect(first?.isClosed).toBe(false);
    await host.advance(5000);
    expect(first?.isClosed).toBe(true);
    expect(states.filter((state) => state !== 'connected')).toEqual([]);
  });

  it('keeps the old transport when the new one fails, and tries again', async () => {
    const { client, host } = await connectedClient(
      {},
      { getToken: () => tokenUntil(Date.UTC(2026, 0, 1) + 20 * minuteMs) },
    );
    await host.advance(9 * minuteMs);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(9 * minuteMs);
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(minuteMs / 2);
    expect(host.sockets.length).toBe(2);
    host.socket.drop();
    await host.settle();
    expect(client.connection.state).toBe('connected');
    host.sockets[0]?.reply('ping', { type: 'pong' });
    await host.advance(minuteMs);
    expect(host.sockets.length).toBe(3);
  });

  it('replaces a transport before its token runs out, with a new token', async () => {
    const start = Date.UTC(2026, 0, 1);
    let issued = 0;
    const getToken = () => tokenUntil(start + ++issued * 5 * minuteMs, `${issued}`);
    const { host } = await connectedClient({}, { getToken });
    await host.advance(3.5 * minuteMs);
    expect(host.sockets.length).toBe(2);
    expect(host.socket.protocols[1]).not.toBe(host.sockets[0]?.protocols[1]);
  });

  it('goes on with the new transport when the old one ends during the replacement', async () => {
    const getToken = () => tokenUntil(Date.UTC(2026, 0, 1) + 5 * minuteMs);
    const { client, host } = await connectedClient({}, { getToken });
    await host.advance(3.5 * minuteMs);
    expect(host.sockets.length).toBe(2);
    host.sockets[0]?.drop(1001);
    expect(client.connection.state).toBe('connecting');
    await establish(host, aStatus());
    expect(client.connection.state).toBe('connected');
    expect(host.sockets.length).toBe(2);
  });
});
