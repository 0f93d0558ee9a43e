import { describe, expect, it } from 'vitest';
import {
  aStatus,
  connectedClient,
  establish,
  pushed,
  scriptedClient,
} from '../support/scripted-client.ts';

interface FailedOutcome {
  error: { code: string };
}

describe('a promise of the client', () => {
  it('tells whoever waits for it why an attempt came to nothing, and tries again', async () => {
    const refused = (status: number, code: string) => ({
      ...{ status, body: { error: { code, message: 'No.' } } },
    });
    const causes = [
      ['OFFLINE', () => new Error('no such host')],
      ['OFFLINE', () => ({ body: { readReceipts: true } })],
      ['OFFLINE', () => refused(500, 'INTERNAL')],
      ['UNAUTHORIZED', () => refused(401, 'UNAUTHORIZED')],
      ['TOKEN_EXPIRED', () => refused(401, 'TOKEN_EXPIRED')],
    ] as const;
    for (const [code, answer] of causes) {
      const { client, host } = scriptedClient({ answer });
      const connected = expect(client.connect()).rejects.toMatchObject({ code });
      await host.settle();
      host.socket.drop();
      await connected;
      expect(client.connection).toMatchObject({ state: 'waiting', error: { code } });
      const again = client.connect();
      await establish(host, aStatus());
      await again;
    }
  });

  it.each([
    ['throws', () => Promise.reject(new Error('signed out'))],
    ['gives nothing', () => ''],
    ['gives what is not there', () => undefined as unknown as string],
    ['gives what was never stored', () => null as unknown as string],
    ['never answers', () => new Promise<string>(() => {})],
  ])('rejects with NO_TOKEN when getToken %s', async (_, getToken) => {
    const { client, host } = scriptedClient({ getToken });
    const connected = expect(client.connect()).rejects.toMatchObject({ code: 'NO_TOKEN' });
    await host.advance(30_000);
    await connected;
    client.close();
  });

  it('ends all that waits, and all that is asked later, with CLOSED', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    const waiting = [group.markUnread(1), group.send('Hello')];
    await host.settle();
    void client.close();
    const later = [group.markUnread(1), group.subscribe()];
    const outcomes = await Promise.allSettled([...waiting, ...later, group.send('Too late')]);
    const codes = outcomes.map((each) =>
      each.status === 'rejected' ? each.reason.code : (each.value as FailedOutcome).error.code,
    );
    expect(codes).toEqual(Array(5).fill('CLOSED'));
    expect(group.messages.map((each) => 'content' in each && each.content)).toEqual(['Hello']);
  });

  it('[SY3] sends what was read before it closes, with a token that it asks for', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    host.socket.push(pushed(2));
    host.socket.drop();
    await host.advance(250);
    host.socket.drop();
    await host.settle();
    group.markRead(2);
    host.answer = () => ({ body: {} });
    await client.close();
    const marks = host.requests.filter(({ isKeptAlive }) => isKeptAlive);
    expect(marks).toMatchObject([{ path: '/me/read', body: { positions: [{ upTo: 2 }] } }]);
  });

  it('closes within five seconds, whoever does not answer', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    host.socket.push(pushed(2));
    group.markRead(2);
    host.answer = () => new Promise<never>(() => {});
    const closed = client.close();
    await host.advance(5000);
    await closed;
    expect(host.timerCount).toBe(0);
  });

  it('gives up on an HTTP answer that does not come within half a minute', async () => {
    const { client, host } = scriptedClient({ answer: () => new Promise<never>(() => {}) });
    const asked = expect(client.request('GET', '/me/unread')).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    await host.advance(30_000);
    await asked;
  });

  it('refuses a frame for which the connection would be ended again and again', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 1 });
    await expect(group.send('x'.repeat(33_000))).resolves.toMatchObject({
      ...{ outcome: 'failed', error: { code: 'BAD_REQUEST' } },
    });
    expect(host.socket.sentOf('send_message')).toEqual([]);
    expect(client.connection.state).toBe('connected');
  });
});
