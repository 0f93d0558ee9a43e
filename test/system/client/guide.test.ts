import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { service } from '../../support/wire/service.ts';
import { buildPackage, typeCheck } from './built-package.ts';
import { writeGuide } from './guide.ts';

const guide = new URL('../../../docs/client.md', import.meta.url);
const reactPage = '<!doctype html><body></body><script type="module" src="/chat.js"></script>';
const servers = new Set<ChildProcess>();
let pages: { plain: string; react: string };

afterAll(() => {
  for (const server of servers) server.kill();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function bundle(from: string, to: string): Promise<void> {
  await build({ entryPoints: [from], bundle: true, format: 'esm', jsx: 'automatic', outfile: to });
}

/** Serves a folder with the guide's own server, once it answers. */
async function serve(dir: string, server: string, port: number): Promise<string> {
  const child = spawn(process.execPath, [server], { cwd: dir, stdio: 'inherit' });
  servers.add(child);
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).catch(() => undefined))) {
    if (child.exitCode !== null) throw new Error('The server of the guide has ended.');
    await pause(20);
  }
  return url;
}

/** Follows the guide, with ports of this test's own. */
async function follow(dir: string, entry: string, html?: string): Promise<string> {
  const port = await freePort();
  const files = writeGuide(guide, dir, {
    'http://localhost:3000': service.httpUrl,
    'ws://localhost:3001': service.wsUrl,
    '8080': String(port),
  });
  expect(files).toEqual(['server.mjs', 'index.html', 'chat.ts', 'app.tsx']);
  if (html) writeFileSync(join(dir, 'index.html'), html);
  await typeCheck(dir, [entry], { skipLibCheck: true });
  await bundle(join(dir, entry), join(dir, 'chat.js'));
  return serve(dir, 'server.mjs', port);
}

beforeAll(async () => {
  const [one, two] = await Promise.all([buildPackage(), buildPackage()]);
  pages = {
    plain: await follow(one.appDir, 'chat.ts'),
    react: await follow(two.appDir, 'app.tsx', reactPage),
  };
});

async function openAs(userId: string, url: string): Promise<Page> {
  const browser = await openBrowser();
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => console.error(userId, error));
  await page.goto(`${url}/?user=${userId}`);
  return page;
}

it('the guide’s code turns ticks as people read', async () => {
  const alice = await openAs('alice', pages.plain);
  await alice.waitForFunction(() => document.title === 'Team');
  const bob = await openAs('bob', pages.plain);
  await bob.waitForFunction(() => document.title === 'Team');

  await alice.locator('input').fill('Hello');
  await alice.locator('button').click();
  await bob.getByText('alice: Hello').waitFor();
  await alice.getByText('alice: Hello ✓ · read 2 · unread 1').waitFor();
  expect(await bob.title()).toBe('Team');

  const cy = await openAs('cy', pages.react);
  await cy.locator('li seenby-read-by[data-read="2"][data-unread="0"]').waitFor();
  await cy.getByText('Team (0)').waitFor();
  await alice.getByText('alice: Hello ✓✓ all · read 3 · unread 0').click();
  await alice.getByText(/bob: \d/).waitFor();
  expect(await alice.locator('#readers').textContent()).toMatch(/^(?:(?:bob|cy): \d.*\n?){2}$/);

  await cy.getByText('Say hello').click();
  await bob.getByText('cy: Hello').waitFor();
  await cy.locator('li seenby-ticks[status=read]').nth(1).waitFor();
  await cy.locator('li seenby-read-by').nth(1).getByRole('button').click();
  await cy.locator('seenby-readers').getByText('bob').waitFor();
  await cy.locator('li seenby-facepile[data-count="2"]').waitFor();
});
