import { afterEach, expect, it } from 'vitest';
import { type Listeners, openListeners } from '../../src/gateway/listeners.ts';
import { Client } from './sockets/socket-api-server.ts';

const opened: Listeners[] = [];
afterEach(() => Promise.all(opened.splice(0).map((listeners) => listeners.close())));

async function open(options: { httpPort?: number; wsPort?: number } = {}) {
  const listeners = await openListeners({ ...options, reportFault: () => {} });
  opened.push(listeners);
  return listeners;
}

it('answers 503 until there is something behind it', async () => {
  const { httpUrl, wsUrl } = await open();
  expect((await fetch(`${httpUrl}/health`)).status).toBe(503);
  expect((await fetch(`${httpUrl}/groups`)).status).toBe(503);
  expect(await new Client(wsUrl).refusal()).toMatchObject({ statusCode: 503 });
});

it.each([
  ['httpPort', 'PORT'],
  ['wsPort', 'WS_PORT'],
])('says in one sentence that %s is taken, and keeps nothing', async (option, setting) => {
  const taken = Number(new URL((await open()).httpUrl).port);
  const free = Number(new URL((await open()).httpUrl).port);
  await opened.pop()?.close();
  const other = option === 'httpPort' ? 'wsPort' : 'httpPort';
  await expect(open({ [option]: taken, [other]: free })).rejects.toThrow(
    `Port ${taken} is already in use; stop what listens there or set ${setting} to another port.`,
  );
  await open({ httpPort: free });
});
