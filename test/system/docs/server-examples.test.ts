import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { eventPoster } from '../../../functions/events/webhook/post-event.ts';
import { tryServer } from '../../../packages/server/examples/backend.ts';
import { takeEvents, tokensOf } from '../../../packages/server/examples/events.ts';
import { service, uniqueId } from '../../support/wire/service.ts';

it('runs the examples of a backend', async () => {
  const prefix = uniqueId('backend');
  expect(await tryServer({ url: service.httpUrl, prefix })).toEqual([
    ...['2', '1 added, 0 removed', 'Ann', 'true', 'NOT_FOUND'],
    ...['bob has 0 unread', 'cat has 1 unread', '2 read it, 2 on this page', 'Lunch? to 3'],
    ...['1: 2 of 3', '1,1,0', '1 reminded', 'Room 7, first floor: owner', '2 members'],
    ...['sender', 'dan,eve'],
  ]);
});

it('runs the example of a backend that takes events', async () => {
  const secret = 'x'.repeat(44);
  const printed: string[] = [];
  const server = takeEvents(secret, (text) => printed.push(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const detail = { version: 1, groupId: 'team', seq: 1, notConnected: ['cat'] };
  const body = JSON.stringify({ id: 'e-1', type: 'message.reminded', at: 1, detail });
  const post = eventPoster(url, { clock: Date.now });
  try {
    expect(await post({ id: 'e-1', body }, secret)).toEqual({ outcome: 'taken' });
    const refused = { outcome: 'refused', why: 'HTTP 400' };
    expect(await post({ id: 'e-1', body }, 'y'.repeat(44))).toEqual(refused);
    expect(printed).toEqual([
      'a notification for cat',
      'No secret has signed this body with this id and time.',
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('runs the example of a client of an identity provider', async () => {
  const provider = createServer((_, response) => response.end('{"access_token":"token"}'));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo;
  expect(await tokensOf(`http://127.0.0.1:${port}/token`)()).toBe('token');
  provider.closeAllConnections();
  provider.close();
});
