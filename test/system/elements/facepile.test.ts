import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const pile = (seq: number) =>
  `<p style="height: 60px"><seenby-facepile group-id="team" seq="${seq}"></seenby-facepile></p>`;
const html = `<div style="margin-top: 300px">${[2, 3, 5].map(pile).join('')}</div>`;

async function openPiles(options: object = {}): Promise<Page> {
  const page = await openElements({ html, reducedMotion: 'reduce', ...options });
  await startGroup(
    page,
    Array.from({ length: 12 }, (_, i) => `Member ${i}`),
  );
  return page;
}

const at = (page: Page, seq: number) => page.locator(`seenby-facepile[seq="${seq}"]`);
const label = (page: Page, seq: number) =>
  at(page, seq).getByRole('button').getAttribute('aria-label');

it('faces are at the message up to which each has read, or the nearest one before it', async () => {
  const page = await openPiles();
  await inGroup(page, (group) => {
    group.stand(1, 'u1');
    group.stand(2, 'u2');
    group.stand(4, 'u3', 'u4');
    group.stand(9, 'u5');
  });
  await expect.poll(() => label(page, 3)).toBe('Read up to here: Member 4, Member 3');
  expect(await label(page, 2)).toBe('Read up to here: Member 2');
  expect(await label(page, 5)).toBe('Read up to here: Member 5');
  await page.evaluate(() => document.querySelector('seenby-facepile[seq="5"]')?.remove());
  await expect.poll(() => label(page, 3)).toBe('Read up to here: Member 5, Member 4, Member 3');
  await page.evaluate(() =>
    document.querySelector('seenby-facepile[seq="3"]')?.setAttribute('seq', '1'),
  );
  await expect.poll(() => label(page, 1)).toBe('Read up to here: Member 1');
  expect(await label(page, 2)).toBe('Read up to here: Member 5, Member 4, Member 3, Member 2');
});

it('shows five faces and how many more there are, who are in the card', async () => {
  const page = await openPiles();
  await inGroup(page, (group) => group.stand(3, 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'));
  await at(page, 3).locator('.face').nth(4).waitFor();
  expect(await at(page, 3).locator('[part=button] .face').count()).toBe(5);
  expect(await at(page, 3).locator('[part=more]').first().getAttribute('data-more')).toBe('+2');
  expect(await label(page, 3)).toMatch(/Member 7, .* and 2 more$/);
  await page.keyboard.press('Tab');
  const card = page.getByRole('tooltip');
  await expect.poll(() => card.locator('[part=name]').count()).toBe(7);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });
  await page.evaluate('document.querySelector(\'seenby-facepile[seq="3"]\').max = 2');
  await expect.poll(() => at(page, 3).locator('[part=button] .face').count()).toBe(2);
  expect(await at(page, 2).isVisible()).toBe(false);
});

it('shows who somebody is by now, where they stay', async () => {
  const page = await openPiles();
  await inGroup(page, (group) => group.stand(2, 'u1', 'u2'));
  const initials = () =>
    at(page, 2)
      .locator('[part=button] .face')
      .evaluateAll((faces) => faces.map((face) => (face as HTMLElement).dataset.initials));
  await expect.poll(initials).toEqual(['M2', 'M1']);
  await inGroup(page, (group) => {
    Object.assign(group.people[1] ?? {}, { name: 'Zoe' });
    group.stand(2, 'u1');
  });
  await expect.poll(initials).toEqual(['Z', 'M2']);
});

it.each([
  ['no-preference', 1],
  ['reduce', 0],
] as const)(
  'a face goes to the message that is read next (motion: %s)',
  async (reducedMotion, expected) => {
    const page = await openPiles({ reducedMotion });
    await inGroup(page, (group) => group.stand(2, 'u1', 'u2'));
    await expect.poll(() => at(page, 2).getAttribute('data-count')).toBe('2');
    const seen = await page.evaluate(`(async () => {
    group.stand(5, 'u1');
    await new Promise((resolve) => setTimeout(resolve));
    return (${String(movingInPage)})();
  })()`);
    expect(seen).toBe(expected);
    expect(await label(page, 5)).toBe('Read up to here: Member 1');
    expect(await label(page, 2)).toBe('Read up to here: Member 2');
  },
);

/** How many faces move at this moment. */
function movingInPage(): number {
  return [...document.querySelectorAll('seenby-facepile')].flatMap(
    ({ shadowRoot }) =>
      shadowRoot?.getAnimations().filter((each) => !(each instanceof CSSAnimation)) ?? [],
  ).length;
}

it('holds on to nothing once it is taken out', async () => {
  const page = await openPiles();
  const listening = () => inGroup(page, (group) => group.positions.listenerCount);
  await expect.poll(listening).toBe(1);
  await page.evaluate(() => document.querySelector('main')?.replaceChildren());
  await expect.poll(listening).toBe(0);
});
