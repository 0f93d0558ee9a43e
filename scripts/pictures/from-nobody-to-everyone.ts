import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Frame } from './encode-gif.ts';
import { Simulator } from './simulator.ts';

const members = 200;
const readsPerSecond = 30;
const frameMs = 250;
/** Of the first and of the last frame, which people look at longer. */
const stillMs = 1500;
const author = { userId: 'sam', name: 'Sam' };

/** A message of the page's user, read by a load group, from the moment at which nobody has read it. */
export async function takeFromNobodyToEveryone(page: Page, url: string): Promise<Frame[]> {
  const simulator = new Simulator(url);
  const groupId = await simulator.startLoadGroup({
    ...{ ownerId: author.userId, readerId: 'robin', members, fast: 100, slow: 0, offline: 0 },
    ...{ name: 'Everyone', pace: { readsPerSecond: 0.1 } },
  });
  // The demo group would fill the list of chats.
  await page.route('**/dev/simulator/welcome', (route) => route.abort());
  await page.setViewportSize({ width: 960, height: 540 });
  await page.goto(`${url}/?user=${author.userId}#/g/${encodeURIComponent(groupId)}`);
  await page
    .getByRole('textbox', { name: /message/i })
    .fill('The office opens at ten on Monday 🎉');
  await page.keyboard.press('Enter');
  await page.locator('.bubble.own seenby-read-by').last().click();
  const frames: Frame[] = [];
  const take = async (shownMs: number) => {
    frames.push({ png: await page.screenshot({ scale: 'css' }), shownMs });
  };
  await take(stillMs);
  await simulator.call('PATCH', '/load-group', { pace: { readsPerSecond } });
  const isRead = () => page.locator('.bubble.own seenby-read-by[status="read"]').count();
  for (let i = 0; i < 80 && (await isRead()) === 0; i++) {
    const begun = performance.now();
    await take(frameMs);
    await pause(Math.max(0, frameMs - (performance.now() - begun)));
  }
  await take(2 * stillMs);
  simulator.stop();
  return frames;
}
