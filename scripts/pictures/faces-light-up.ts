import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const members = 500;
const patienceMs = 150_000;
/** Enough smile, and enough are still to come. */
const shownShare = 0.62;

/** The simulator while a message is read by a large group: a PNG. */
export async function takeFacesLightUp(page: Page, url: string): Promise<Buffer> {
  page.setDefaultTimeout(patienceMs);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${url}/?user=sam#/simulator`);
  await page.getByRole('slider', { name: 'Members:' }).fill(String(members));
  await page.getByRole('radio', { name: '20 a second' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  const live = page.locator('.live');
  const readSoFar = async () => Number(await live.getAttribute('data-read'));
  await page.locator('.headline[data-complete="false"]').waitFor();
  while ((await readSoFar()) < shownShare * members) await pause(100);
  return page.screenshot({ scale: 'css' });
}
