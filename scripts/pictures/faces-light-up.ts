import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startSimulator } from './start-simulator.ts';

const members = 500;
/** Enough smile, and enough are still to come. */
const shownShare = 0.62;

/** The simulator while a message is read by a large group: a PNG. */
export async function takeFacesLightUp(page: Page, url: string): Promise<Buffer> {
  await startSimulator(page, url, { members, size: { width: 1440, height: 900 } });
  const live = page.locator('.live');
  const readSoFar = async () => Number(await live.getAttribute('data-read'));
  await page.locator('.headline[data-complete="false"]').waitFor();
  while ((await readSoFar()) < shownShare * members) await pause(100);
  return page.screenshot({ scale: 'css' });
}
