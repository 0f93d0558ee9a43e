import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Frame } from './encode-gif.ts';
import { startSimulator } from './start-simulator.ts';

const members = 250;
/** As they are taken, and as they are shown: a little faster than it was. */
const frameMs = 250;
const shownMs = 160;
/** Of the first and of the last frame, which people look at longer. */
const stillMs = 1500;

/** The simulator from the moment at which nobody has read its message to the one at which everybody has. */
export async function takeFromNobodyToEveryone(page: Page, url: string): Promise<Frame[]> {
  await startSimulator(page, url, { members, size: { width: 1180, height: 660 } });
  const headline = page.locator('.headline[data-complete]');
  await headline.waitFor();
  const frames: Frame[] = [];
  const take = async (ms: number) => {
    frames.push({ png: await page.screenshot({ scale: 'css' }), shownMs: ms });
  };
  await take(stillMs);
  while ((await headline.getAttribute('data-complete')) !== 'true') {
    const begun = performance.now();
    await take(shownMs);
    await pause(Math.max(0, frameMs - (performance.now() - begun)));
  }
  await take(2 * stillMs);
  return frames;
}
