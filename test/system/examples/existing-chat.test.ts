import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { copyExample, runExample } from './run-example.ts';

/** Somebody at the chat, under a host of their own: in one process, Chromium sends the cookies of all contexts. */
async function signIn(url: string, name: string): Promise<Page> {
  const page = await (await (await openBrowser()).newContext()).newPage();
  page.on('pageerror', (error) => console.error(name, error));
  await page.goto(url.replace('127.0.0.1', `${name}.localhost`));
  await page.getByPlaceholder('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByPlaceholder('A new room').waitFor();
  return page;
}

async function makeRoom(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('A new room').fill(name);
  await page.getByRole('button', { name: 'Make' }).click();
  await page.getByPlaceholder('Message').waitFor();
}

async function openRoom(page: Page, name: string): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name }).click();
  await page.getByPlaceholder('Message').waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByPlaceholder('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

describe('the chat that exists', () => {
  it('works without receipts', async () => {
    const chat = await runExample(copyExample('existing-chat'), 'before');
    await chat.printed('Open http');
    const ann = await signIn(chat.url, 'ann');
    await makeRoom(ann, 'Kitchen');
    const bob = await signIn(chat.url, 'bob');
    await openRoom(bob, 'Kitchen');
    await write(ann, 'Tea?');
    await bob.getByText('Tea?').waitFor();
    expect(await bob.locator('[data-seq]').count()).toBe(0);
  });

  it('has receipts after the change', async () => {
    const chat = await runExample(copyExample('existing-chat'), 'start');
    await chat.printed('Open http');
    const ann = await signIn(chat.url, 'ann');
    await makeRoom(ann, 'Kitchen');
    const bob = await signIn(chat.url, 'bob');
    await openRoom(bob, 'Kitchen');
    await write(ann, 'Tea?');
    await bob.getByText('Tea?').waitFor();
    await ann.getByTitle('read 2 of 2').waitFor();
  });
});
