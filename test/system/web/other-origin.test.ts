import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStrictBrowser } from '../../support/browser.ts';
import { service, uniqueId } from '../../support/wire/service.ts';

/** A web server that has nothing to do with the service. */
const site = createServer((_, response) => {
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end('<!doctype html><title>chat</title>');
});
let page: Page;

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  page = await (await openStrictBrowser()).newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
});
afterAll(() => site.close());

interface Call {
  method: string;
  path: string;
  body?: object;
  headers?: Record<string, string>;
}

/** What a script of the page gets to read; a refused preflight rejects. */
async function call(token: string, { method, path, body, headers = {} }: Call) {
  return page.evaluate(
    async ([url, init]) => {
      const response = await fetch(url, init);
      return { status: response.status, body: await response.json() };
    },
    [
      service.httpUrl + path,
      {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      },
    ] as const,
  );
}

it('[AW1] a page of another origin calls every method with a token, and reads the answers', async () => {
  const token = await service.issueToken({ account: uniqueId('mei') });
  const groupId = uniqueId('lunch');
  const path = `/groups/${groupId}`;
  const calls: [Call, number, object][] = [
    [{ method: 'POST', path: '/groups', body: { groupId, name: 'Lunch', memberIds: [] } }, 201, {}],
    [{ method: 'GET', path }, 200, { groupId, name: 'Lunch' }],
    [{ method: 'PATCH', path, body: { name: 'Dinner' } }, 200, { name: 'Dinner' }],
    [{ method: 'PUT', path: '/me/settings', body: { readReceipts: true } }, 200, {}],
    [{ method: 'DELETE', path }, 200, {}],
    [{ method: 'GET', path }, 404, { error: { code: 'NOT_FOUND' } }],
  ];
  for (const [request, status, body] of calls) {
    expect([request.method, await call(token, request)]).toMatchObject([
      request.method,
      { status, body },
    ]);
  }
});

it('[AW1] such a page may name the user that a service acts for', async () => {
  const token = await service.issueToken({ account: uniqueId('mei') });
  const headers = { 'seenby-act-as': 'bo' };
  // A token of a user stays the user's own: what matters is that the preflight lets it through.
  const { status } = await call(token, { method: 'GET', path: '/me/unread', headers });
  expect(status).toBeLessThan(500);
});
