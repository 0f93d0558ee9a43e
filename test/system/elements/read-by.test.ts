import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const html = `<p style="margin-top: 400px">
  <seenby-read-by group-id="team" seq="1"></seenby-read-by><span id="after">after</span></p>`;

async function openReadBy(names?: readonly string[], options: object = {}): Promise<Page> {
  const page = await openElements({ html, ...options });
  await startGroup(page, names);
  await page.getByRole('button', { name: /Read/ }).waitFor();
  return page;
}

const card = (page: Page) => page.getByRole('tooltip');
const namesIn = (page: Page) => card(page).locator('[part=name]').allTextContents();

it('counts others, and nothing beside it moves while they read', async () => {
  const page = await openReadBy();
  const text = page.locator('[part=text]');
  const left = async () => (await page.locator('#after').boundingBox())?.x;
  expect(await text.textContent()).toBe('Read 0 · Unread 5');
  const before = await left();
  await inGroup(page, (group) => group.read(1, 1000, 'u1', 'u2'));
  await expect.poll(() => text.textContent()).toBe('Read 2 · Unread 3');
  await inGroup(page, (group) => group.read(1, 2000, 'u3', 'u4', 'u5'));
  await expect.poll(() => text.textContent()).toBe('Read by all');
  expect(await left()).toBe(before);
});

it('the card has the latest readers first, and names as they are', async () => {
  const page = await openReadBy();
  await inGroup(page, (group) => {
    group.read(1, 1000, 'u1');
    group.read(1, 3000, 'u5');
    group.read(1, 2000, 'u2');
  });
  await page.getByRole('button').hover();
  await expect
    .poll(() => namesIn(page))
    .toEqual([...['<img src=x onerror=alert(1)>', '陈小明', 'Bob <b>Bold</b>']]);
  expect(await card(page).locator('b, img').count()).toBe(0);
  await inGroup(page, (group) => group.read(1, 4000, 'u3'));
  await expect.poll(async () => (await namesIn(page))[0]).toBe('=1+1');
  await page.mouse.move(0, 0);
  await card(page).waitFor({ state: 'hidden' });
});

it('the card names eight, and says how many more there are', async () => {
  const page = await openReadBy(Array.from({ length: 30 }, (_, i) => `Member ${i}`));
  await inGroup(page, (group) => {
    for (let i = 1; i < 21; i++) group.read(1, i * 1000, `u${i}`);
  });
  await page.getByRole('button').hover();
  await expect.poll(() => namesIn(page)).toHaveLength(8);
  expect((await namesIn(page))[0]).toBe('Member 20');
  expect(await card(page).locator('[part=more]').textContent()).toBe('and 12 more');
  const box = await card(page).boundingBox();
  const button = await page.getByRole('button').boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0);
});

it('the keyboard shows the card, Escape closes it, and Enter asks the app for all', async () => {
  const page = await openReadBy();
  await page.evaluate(() =>
    document.addEventListener('seenby-open', (event) => {
      const { group, seq } = (event as CustomEvent).detail;
      document.title = `${group.groupId} ${seq}`;
    }),
  );
  await page.keyboard.press('Tab');
  await card(page).getByText('Nobody has read it yet').waitFor();
  await page.keyboard.press('Escape');
  await card(page).waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  expect(await page.title()).toBe('team 1');
});

/** Until what the action scrolls has been drawn. The page listens before anything is done. */
async function scrolled(page: Page, act: () => Promise<void>): Promise<void> {
  const scroll = await page.evaluateHandle(() => {
    const seen = new Promise((drawn) =>
      addEventListener('scroll', () => requestAnimationFrame(drawn), { once: true }),
    );
    return { seen };
  });
  await act();
  await scroll.evaluate(({ seen }) => seen);
}

it('the card goes along where the keyboard scrolls, and is away where the pointer does', async () => {
  const page = await openReadBy();
  await page.evaluate("document.querySelector('p').style.margin = '3000px 0'");
  await scrolled(page, () => page.keyboard.press('Tab'));
  expect(await card(page).isVisible()).toBe(true);
  const [box, button] = [
    await card(page).boundingBox(),
    await page.getByRole('button').boundingBox(),
  ];
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) - (button?.y ?? 0))).toBeLessThan(10);
  await page.keyboard.press('Tab');
  await card(page).waitFor({ state: 'hidden' });
  await page.getByRole('button').hover();
  await card(page).waitFor();
  await scrolled(page, () => page.mouse.wheel(0, -20));
  await card(page).waitFor({ state: 'hidden' });
});

it('a long press shows the card and is no click', async () => {
  const page = await openReadBy(undefined, { hasTouch: true, isMobile: true });
  await page.evaluate(
    "document.addEventListener('seenby-open', () => { document.title = 'open' })",
  );
  await page.clock.install();
  const { x = 0, y = 0 } = (await page.getByRole('button').boundingBox()) ?? {};
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchEnd', points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [{ x: x + 10, y: y + 5 }]);
  await card(page).waitFor();
  await touch('touchEnd', []);
  await page.clock.fastForward(1000);
  expect(await card(page).isVisible()).toBe(true);
  expect(await page.title()).toBe('Elements');
  await page.touchscreen.tap(5, 5);
  await card(page).waitFor({ state: 'hidden' });
  await page.getByRole('button').tap();
  await expect.poll(() => page.title()).toBe('open');
});

it('says that it may not say who', async () => {
  const page = await openReadBy();
  await inGroup(page, (group) => {
    group.refusal = { code: 'FORBIDDEN' };
  });
  await page.getByRole('button').focus();
  await card(page).getByText('Who has read this message is private.').waitFor();
});

it('shows nothing of a message of which nothing is known, or that only its author has', async () => {
  const page = await openElements({ html });
  await startGroup(page, ['Ann']);
  const shown = () => page.locator('seenby-read-by').isVisible();
  await expect.poll(() => page.locator('seenby-read-by').getAttribute('status')).toBe('read');
  expect(await shown()).toBe(false);
  await page.evaluate("document.querySelector('seenby-read-by').seq = 7");
  await expect.poll(() => page.locator('seenby-read-by').getAttribute('status')).toBe(null);
  expect(await shown()).toBe(false);
});
