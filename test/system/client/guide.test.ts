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
import { buildPackage, installPackage, typeCheck } from './built-package.ts';
import { writeGuide } from './guide.ts';

const guide = new URL('../../../docs/client.md', import.meta.url);
/** What Vite's template for React has. */
const viteHtml = '<div id="root"></div><script type="module" src="/src/main.tsx"></script>';
const viteModules = ['react', 'react-dom', '@types/react', '@types/react-dom', 'vite'];
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
  await build({ entryPoints: [from], bundle: true, format: 'esm', outfile: to });
}

/** Runs a server in a folder, once it answers. */
async function serve(dir: string, args: readonly string[], url: string): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  servers.add(child);
  while (!(await fetch(url).catch(() => undefined))) {
    if (child.exitCode !== null) throw new Error('The server of the guide has ended.');
    await pause(20);
  }
  return url;
}

/** Writes the guide's files, with ports of this test's own, and starts the guide's server. */
async function follow(dir: string): Promise<string> {
  const port = await freePort();
  const files = writeGuide(guide, dir, {
    'http://localhost:3000': service.httpUrl,
    'ws://localhost:3001': service.wsUrl,
    'localhost:8080': `127.0.0.1:${port}`,
    '8080': String(port),
  });
  const plain = ['server.mjs', 'index.html', 'chat.ts'];
  expect(files).toEqual([...plain, 'vite.config.ts', 'src/main.tsx']);
  return serve(dir, ['server.mjs'], `http://127.0.0.1:${port}`);
}

async function followPlain(dir: string): Promise<string> {
  const url = await follow(dir);
  await typeCheck(dir, ['chat.ts']);
  await bundle(join(dir, 'chat.ts'), join(dir, 'chat.js'));
  return url;
}

async function followReact(dir: string): Promise<string> {
  await follow(dir);
  writeFileSync(join(dir, 'index.html'), viteHtml);
  await typeCheck(dir, ['src/main.tsx']);
  const port = String(await freePort());
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, '--host', '127.0.0.1', '--port', port, '--strictPort'];
  return serve(dir, args, `http://127.0.0.1:${port}`);
}

beforeAll(async () => {
  const { appDir, tarball } = await buildPackage();
  const viteDir = await installPackage(tarball, [...viteModules, '@vitejs/plugin-react']);
  pages = { plain: await followPlain(appDir), react: await followReact(viteDir) };
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
