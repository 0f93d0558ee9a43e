import { describe, expect, it } from 'vitest';
import {
  aStatus,
  connectedClient,
  established,
  scriptedClient,
} from '../support/scripted-client.ts';

const minuteMs = 60_000;

const tokenUntil = (expiresAt: number, name = 'x'): string =>
  `h.${Buffer.from(JSON.stringify({ exp: expiresAt / 1000, name })).toString('base64url')}.s`;

describe('a link that died unnoticed', () => {
  it('is found out within half a minute of focus', async () => {
    const { client, host } = await connectedClient();
    await host.advance(1000);
    host.page('visible');
    await host.advance(19_000);
    expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'TIMEOUT' } });
  });

  it('is found out within half a minute of use', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    await host.advance(minuteMs);
    group.typing();
    await host.advance(5000);
    expect(client.connection.state).toBe('waiting');
    const second = await connectedClient({ lastSeq: 1 });
    void second.group.send('Is anybody there?');
    await second.host.advance(20_000);
    expect(second.client.connection.state).not.toBe('connected');
  });

  it('is asked nothing when something came after all', async () => {
    const { client, host } = await connectedClient();
    host.page('visible');
    await host.advance(10_000);
    host.socket.push({ type: 'typing_indicator', groupId: 'team', userId: 'ann' });
    await host.advance(minuteMs);
    expect(host.socket.sentOf('ping')).toEqual([]);
    expect(client.connection.state).toBe('connected');
  });

  it('is found out after sleep, which no event tells of', async () => {
    const { client, host } = await connectedClient();
    await host.advance(minuteMs);
    host.skewMs += 60 * minuteMs;
    await host.advance(minuteMs / 2 + 5000);
    expect(client.connection).toMatchObject({ state: 'waiting', error: { code: 'TIMEOUT' } });
  });

  it('costs a page whose timers come a minute late nothing', async () => {
    const { host } = await connectedClient();
    host.skewMs += minuteMs;
    await host.advance(minuteMs);
    expect(host.socket.sentOf('ping')).toEqual([]);
  });
});

describe.each([
  ['slow', -10 * minuteMs],
  ['fast', 10 * minuteMs],
])('with a clock that is ten minutes %s', (_, skewMs) => {
  it('renews its connection before the token runs out, and no more often', async () => {
    const { client, host } = scriptedClient({
      getToken: () => tokenUntil(host.now + 20 * minuteMs, `${host.now}`),
    });
    host.skewMs = skewMs;
    client.connect().catch(() => {});
    for (let sockets = 1; sockets <= 4; sockets++) {
      await host.settle();
      const from = host.now;
      host.socket.open();
      await host.settle();
      host.socket.reply('hello', { ...established(aStatus()), timestamp: host.now });
      while (host.sockets.length === sockets) {
        await host.advance(10_000);
        const { socket } = host;
        if (socket.sent.at(-1)?.type === 'ping') socket.reply('ping', { type: 'pong' });
      }
      expect((host.now - from) / minuteMs).toBeGreaterThan(17);
      expect((host.now - from) / minuteMs).toBeLessThan(20);
    }
  });

  it('leaves a connection whose token has run out and that cannot be renewed', async () => {
    let isSignedIn = true;
    const { client, host } = scriptedClient({
      getToken: () => (isSignedIn ? tokenUntil(host.now + 5 * minuteMs) : ''),
    });
    host.skewMs = skewMs;
    client.connect().catch(() => {});
    await host.settle();
    host.socket.open();
    await host.settle();
    host.socket.reply('hello', { ...established(aStatus()), timestamp: host.now });
    isSignedIn = false;
    await host.advance(4 * minuteMs);
    expect(host.socket.sent.at(-1)?.type).toBe('ping');
    host.socket.push({ type: 'error', code: 'TOKEN_EXPIRED', message: 'Over.' });
    expect(client.connection.state).toBe('waiting');
  });
});
