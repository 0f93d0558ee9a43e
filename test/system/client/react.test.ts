import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { service } from '../../support/wire/service.ts';
import type { User } from '../../support/wire/user.ts';
import { writeGuide } from './guide.ts';

const guide = new URL('../../../docs/client.md', import.meta.url);
const clientDir = fileURLToPath(new URL('../../../packages/client/src/', import.meta.url));
const dirs = new Set<string>();

afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

/** The guide's chat for React, of another group, made with one of React's versions. */
async function chatWith(react: { [name: string]: string }, groupId: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'seenby-react-'));
  dirs.add(dir);
  writeGuide(guide, dir, {
    'http://localhost:3000': service.httpUrl,
    'ws://localhost:3001': service.wsUrl,
    "'team'": `'${groupId}'`,
  });
  const { outputFiles } = await build({
    ...{ entryPoints: [join(dir, 'src/main.tsx')], bundle: true, format: 'esm', write: false },
    ...{ jsx: 'automatic', absWorkingDir: fileURLToPath(new URL('../../../', import.meta.url)) },
    nodePaths: [fileURLToPath(new URL('../../../node_modules', import.meta.url))],
    alias: {
      '@seenby/client/react': join(clientDir, 'react/react.ts'),
      '@seenby/client': join(clientDir, 'index.ts'),
      ...react,
    },
  });
  return outputFiles[0]?.text ?? '';
}

/** The page of a user, and what React had to complain about. */
async function openPage(user: User, script: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await (await openBrowser()).newContext()).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.route('**/chat?*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><div id="root"></div>' }),
  );
  await page.route('**/token?*', (route) => route.fulfill({ body: user.token }));
  await page.goto(`${service.httpUrl}/chat?user=${user.userId}`);
  await page.addScriptTag({ content: script, type: 'module' });
  return { page, complaints };
}

const versions = {
  18: { react: 'react18', 'react-dom': 'react-dom18' },
  19: { react: 'react', 'react-dom': 'react-dom' },
};

it.each(Object.entries(versions))('the hooks work with React %s', async (version, react) => {
  const { conversation, users } = await Conversation.among('alice', 'bob');
  const [alice, bob] = users;
  await conversation.say(alice, { content: 'Seen by the hooks' });
  const script = await chatWith(react, conversation.groupId);
  expect(script.match(/ersion = "(18|19)\./)?.[1]).toBe(version);
  const { page, complaints } = await openPage(bob, script);
  const line = page.locator('li', { hasText: 'Seen by the hooks' });
  await line.locator('seenby-read-by[data-read="1"][data-unread="0"]').waitFor();
  await page.getByText('Team (0)').waitFor();
  await page.getByRole('button', { name: 'Say hello' }).click();
  const hello = page.locator('li', { hasText: 'Hello' });
  await hello.locator('seenby-read-by[data-read="0"][data-unread="1"]').waitFor();
  expect(complaints).toEqual([]);
});
