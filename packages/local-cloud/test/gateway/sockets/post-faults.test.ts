import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PostFault } from '../../../src/gateway/sockets/management-api.ts';
import { Client, eventually, startSocketApi } from './socket-api-server.ts';

let api: Awaited<ReturnType<typeof startSocketApi>>;
let client: Client;
let fault: PostFault | undefined;
let keepsDisconnect: boolean;

beforeEach(async () => {
  fault = undefined;
  keepsDisconnect = false;
  api = await startSocketApi({
    disturbPost: () => fault,
    losesDisconnect: () => keepsDisconnect,
  });
  client = await new Client(api.url).open();
});
afterEach(() => api.stop());

function post(body: string, timeoutMs = 10_000): Promise<number> {
  const { connectionId } = api.eventOf('Connect').requestContext;
  const url = `http://127.0.0.1:${api.port}/v1/@connections/${encodeURIComponent(connectionId)}`;
  const signal = AbortSignal.timeout(timeoutMs);
  return fetch(url, { method: 'POST', body, signal }).then(({ status }) => status);
}

it.each([
  ['limited', 429, false],
  ['failed', 500, false],
  ['answerLost', 500, true],
] as const)('a post that is %s is answered %i', async (kind, status, arrives) => {
  fault = kind;
  expect(await post('first')).toBe(status);
  fault = undefined;
  expect(await post('second')).toBe(200);
  expect(await client.next()).toBe(arrives ? 'first' : 'second');
});

it('a post that hangs is never answered', async () => {
  fault = 'hung';
  await expect(post('x', 50)).rejects.toMatchObject({ name: 'TimeoutError' });
});

it('the end of a connection may be lost on its way', async () => {
  const other = await new Client(api.url).open();
  keepsDisconnect = true;
  client.socket.terminate();
  await eventually(() => api.events.length).toBe(4);
  await client.closed;
  expect(await post('x')).toBe(410);
  keepsDisconnect = false;
  other.socket.close();
  await eventually(() => api.events.at(-1)?.functionId).toBe('Disconnect');
  expect(api.events.filter(({ functionId }) => functionId === 'Disconnect')).toHaveLength(1);
});
