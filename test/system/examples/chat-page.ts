import type { Page } from 'playwright-core';
import { openBrowser } from '../../support/browser.ts';
import type { RunningExample } from './run-example.ts';

/** Somebody at the chat, under a host of their own: in one process, Chromium sends the cookies of all contexts. */
export async function signIn({ url }: RunningExample, name: string): Promise<Page> {
  const page = await (await (await openBrowser()).newContext()).newPage();
  await page.goto(url.replace('127.0.0.1', `${name}.localhost`));
  await page.getByPlaceholder('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByPlaceholder('A new room').waitFor();
  return page;
}

export async function makeRoom(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('A new room').fill(name);
  await page.getByRole('button', { name: 'Make' }).click();
  await page.getByPlaceholder('Message').waitFor();
}

export async function openRoom(page: Page, name: string): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name }).click();
  await page.getByPlaceholder('Message').waitFor();
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByPlaceholder('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Waits until a message shows these counts of others. */
export async function receiptsOf(
  page: Page,
  text: string,
  { read, unread }: { read: number; unread: number },
): Promise<void> {
  const counts = `seenby-read-by[data-read="${read}"][data-unread="${unread}"]`;
  await page.locator('li', { hasText: text }).locator(counts).waitFor();
}
