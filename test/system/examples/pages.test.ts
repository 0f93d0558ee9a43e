import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { copyExample, type RunningExample, runExample } from './run-example.ts';

/** An example with users and a group that no other test has. */
async function start(name: string) {
  const [office, ann, bob, cat] = ['office', 'ann', 'bob', 'cat'].map(uniqueId);
  const ids = { "'office'": `'${office}'`, '"office"': `"${office}"` };
  const users = { "'ann'": `'${ann}'`, "'bob'": `'${bob}'`, "'cat'": `'${cat}'` };
  const example = await runExample(copyExample(name, undefined, { ...ids, ...users }), 'start');
  await example.printed('Local:');
  return { example, users: [ann, bob, cat] as [string, string, string] };
}

async function openAs({ url }: RunningExample, userId: string): Promise<Page> {
  const page = await (await (await openBrowser()).newContext()).newPage();
  page.on('pageerror', (error) => console.error(userId, error));
  await page.goto(`${url.replace('127.0.0.1', 'localhost')}/?user=${userId}`);
  await page.getByPlaceholder('Message').waitFor();
  return page;
}

it.each(['vanilla', 'react'])(
  '%s: ticks turn, faces move and the panel lists who has read',
  async (name) => {
    const { example, users } = await start(name);
    const [ann, bob] = [await openAs(example, users[0]), await openAs(example, users[1])];
    await ann.getByPlaceholder('Message').fill('Noon at the corner?');
    await ann.getByRole('button', { name: 'Send' }).click();
    await bob.getByText('Noon at the corner?').waitFor();
    const line = ann.locator('li', { hasText: 'Noon at the corner?' });
    await line.locator('seenby-read-by[data-read="1"][data-unread="1"]').waitFor();
    await line.locator('seenby-facepile[data-count="1"]').waitFor();

    await line.locator('seenby-read-by').getByRole('button').click();
    const panel = ann.locator('aside seenby-readers');
    await panel.getByText(users[1]).waitFor();
    const cat = await openAs(example, users[2]);
    await cat.getByText('Noon at the corner?').waitFor();
    await line.locator('seenby-ticks[status=read]').waitFor();
    await line.locator('seenby-facepile[data-count="2"]').waitFor();
    await panel.getByText(users[2]).waitFor();
    await ann.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'hidden' });
    expect(await cat.locator('h1 seenby-badge[data-unread]').count()).toBe(0);
  },
);
