import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import type { PageConfig } from '../../../demo/web/page-config.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';

let cloud: SeenbyCloud;
let origin: string;
beforeAll(async () => {
  cloud = await startOwnCloud();
  origin = cloud.httpUrl.replace('127.0.0.1', 'localhost');
});
afterAll(() => cloud.stop());

it('serves the built page, and every file that it names', async () => {
  expect(cloud.pageUrl).toBe(cloud.httpUrl);
  const html = await (await fetch(`${origin}/`)).text();
  expect(html).toContain('<title>Seenby</title>');
  const named = [...html.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(2);
  for (const path of named)
    expect([path, (await fetch(origin + path)).status]).toEqual([path, 200]);
  const script = named.find((path) => path?.endsWith('.js'));
  const { headers } = await fetch(origin + script);
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

it('tells the page addresses of its own site, at which the service answers', async () => {
  const response = await fetch(`${origin}/config.json`);
  const config = (await response.json()) as PageConfig;
  const wsOrigin = cloud.wsUrl.replace('127.0.0.1', 'localhost');
  const issuer = 'https://identity.seenby.localhost';
  expect(config).toEqual({ httpUrl: origin, wsUrl: `${wsOrigin}/v1`, issuer });
  expect(response.headers.get('content-security-policy')).toContain(
    `connect-src 'self' ${config.httpUrl} ${config.wsUrl};`,
  );
  const authorization = `Bearer ${await cloud.issueToken({ userId: 'alice' })}`;
  const unread = await fetch(`${config.httpUrl}/me/unread`, { headers: { authorization } });
  expect(unread.status).toBe(200);
});

it('leaves every declared path and every unknown one to the API', async () => {
  for (const path of ['/groups/team', '/groups', '/nothing']) {
    const { headers } = await fetch(origin + path);
    expect([path, headers.get('content-type')]).toEqual([path, 'application/json']);
  }
});
