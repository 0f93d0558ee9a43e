import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Frame } from './encode-gif.ts';

const members = 200;
const readsPerSecond = 30;
const frameMs = 250;
/** Of the first and of the last frame, which people look at longer. */
const stillMs = 1500;
const author = { userId: 'sam', name: 'Sam' };

/** A message of the page's user, read by a load group, from the moment at which nobody has read it. */
export async function takeFromNobodyToEveryone(page: Page, url: string): Promise<Frame[]> {
  const groupId = await startLoadGroup(url);
  await page.setViewportSize({ width: 960, height: 540 });
  await page.goto(`${url}/?user=${author.userId}#/g/${encodeURIComponent(groupId)}`);
  await page
    .getByRole('textbox', { name: /message/i })
    .fill('The office opens at ten on Monday 🎉');
  await page.keyboard.press('Enter');
  await page.locator('.bubble.own .receipt-status').last().click();
  const frames: Frame[] = [];
  const take = async (shownMs: number) => {
    frames.push({ png: await page.screenshot({ scale: 'css' }), shownMs });
  };
  await take(stillMs);
  await call(url, 'PATCH', '/load-group', { pace: { readsPerSecond } });
  const isRead = () =>
    page.locator('.bubble.own .read-by-all, .bubble.own [data-status="read"]').count();
  for (let i = 0; i < 80 && (await isRead()) === 0; i++) {
    const begun = performance.now();
    await take(frameMs);
    await pause(Math.max(0, frameMs - (performance.now() - begun)));
  }
  await take(2 * stillMs);
  return frames;
}

async function startLoadGroup(url: string): Promise<string> {
  await call(url, 'POST', '/welcome', author);
  const { groupId } = await call<{ groupId: string }>(url, 'PUT', '/load-group', {
    ...{ ownerId: author.userId, readerId: 'robin', members, fast: 100, slow: 0, offline: 0 },
    ...{ name: 'Everyone', pace: { readsPerSecond: 0.1 } },
  });
  for (;;) {
    const { loadGroup } = await call<{ loadGroup: { connected: number } | null }>(url, 'GET', '');
    if ((loadGroup?.connected ?? 0) >= members - 3) return groupId;
    await pause(500);
  }
}

async function call<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const init = { method, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}/dev/simulator${path}`, init);
  const text = await response.text();
  if (response.ok) return JSON.parse(text || '{}') as T;
  throw new Error(`${method} ${path}: ${response.status} ${text}`);
}
