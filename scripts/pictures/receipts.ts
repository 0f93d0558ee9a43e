import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const content = 'Shall we move the review to Thursday at ten? 🗓️';
/** So many have read the message by then; the rest come while one looks. */
const minReaders = 60;

/** A conversation with counts, and beside it who has read one of its messages. */
export async function takeReceipts(page: Page, url: string): Promise<Buffer> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${url}/?user=robin`);
  const input = page.getByRole('textbox', { name: 'Message', exact: true });
  await input.fill(content);
  await input.press('Enter');
  const count = page.locator('.bubble.own', { hasText: content }).last().locator('[data-read]');
  await count.click();
  const readers = () => count.getAttribute('data-read').then(Number);
  while ((await readers()) < minReaders) await pause(200);
  await page.getByRole('complementary').hover();
  return page.screenshot({ scale: 'css' });
}
