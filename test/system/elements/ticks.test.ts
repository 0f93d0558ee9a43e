import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const label = (page: Page): Promise<string | null> =>
  page.locator('seenby-ticks svg').getAttribute('aria-label');
const status = (page: Page): Promise<string | null> =>
  page.locator('seenby-ticks').getAttribute('status');

it('ticks go from a clock to coloured ones, in the same place', async () => {
  const page = await openElements({ html: '<seenby-ticks group-id="team"></seenby-ticks>' });
  await startGroup(page, ['Ann', 'Bob', 'Cy']);
  await expect.poll(() => status(page)).toBe('pending');
  const { width } = (await page.locator('seenby-ticks').boundingBox()) ?? {};
  const seen = [[await status(page), await label(page)]];
  const note = async (expected: string) => {
    await expect.poll(() => status(page)).toBe(expected);
    seen.push([await status(page), await label(page)]);
    expect((await page.locator('seenby-ticks').boundingBox())?.width).toBe(width);
  };
  await page.evaluate(() => document.querySelector('seenby-ticks')?.setAttribute('seq', '1'));
  await note('sent');
  await inGroup(page, (group) => group.deliver(1, 10, 'u1', 'u2'));
  await note('delivered');
  await inGroup(page, (group) => group.read(1, 20, 'u1', 'u2'));
  await note('read');
  expect(seen).toEqual([
    ['pending', 'Sending'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered to all'],
    ['read', 'Read by all'],
  ]);
});

it('ticks show a message as it is: on its way, refused, stored', async () => {
  const page = await openElements({ html: '<seenby-ticks group-id="team"></seenby-ticks>' });
  await startGroup(page);
  const show = (message: object) =>
    page.evaluate((shown) => {
      const ticks = document.querySelector('seenby-ticks');
      if (ticks) Object.assign(ticks, { message: shown });
    }, message);
  await show({ state: 'failed' });
  await expect.poll(() => label(page)).toBe('Not sent');
  await show({ state: 'pending' });
  await expect.poll(() => label(page)).toBe('Sending');
  await show({ state: 'sent', seq: 1 });
  await expect.poll(() => label(page)).toBe('Sent');
});

it('texts follow the nearest lang, and what the app puts in their place', async () => {
  const html = '<div lang="zh-CN"><seenby-ticks group-id="team" seq="1"></seenby-ticks></div>';
  const page = await openElements({ html });
  await startGroup(page);
  await expect.poll(() => label(page)).toBe('已发送');
  await page.evaluate(() => document.querySelector('div')?.setAttribute('lang', 'en-GB'));
  await expect.poll(() => label(page)).toBe('Sent');
  await page.evaluate(() => document.querySelector('div')?.removeAttribute('lang'));
  await page.evaluate(() => document.documentElement.setAttribute('lang', 'zh'));
  await expect.poll(() => label(page)).toBe('已发送');
  await page.evaluate("seenby.addTexts('zh', { tickSent: '送出' })");
  await expect.poll(() => label(page)).toBe('送出');
});
