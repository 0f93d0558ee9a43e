import { expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const html = `<seenby-badge group-id="team"></seenby-badge><seenby-badge id="all"></seenby-badge>
  <seenby-badge group-id="unknown"></seenby-badge>`;

it('a badge counts what is unread in a group, and in all', async () => {
  const page = await openElements({ html });
  await startGroup(page);
  const of = (selector: string) => page.locator(selector);
  expect(await of('seenby-badge').first().isVisible()).toBe(false);
  await inGroup(page, (group) => {
    group.unread = 120;
    group.mentions = 2;
    group.changed();
  });
  const badge = of('seenby-badge[group-id=team]');
  await expect.poll(() => badge.getAttribute('data-unread')).toBe('120');
  expect(await badge.locator('span').allTextContents()).toEqual([
    ...['@', '99+', '120 messages unread, 2 mention you'],
  ]);
  await page.evaluate("document.querySelector('seenby-badge').max = 999");
  await badge.locator('[part=count]', { hasText: /^120$/ }).waitFor();
  await page.evaluate('group.unread = 1; group.mentions = 0; group.changed()');
  await badge.getByText(/^1 message unread$/).waitFor({ state: 'attached' });
  expect(await badge.locator('[part=mention]').isVisible()).toBe(false);
  expect(await of('seenby-badge[group-id=unknown]').isVisible()).toBe(false);
});

it('the badge of all follows the client', async () => {
  const page = await openElements({ html });
  await page.evaluate(() => {
    const { seenby } = window as unknown as { seenby: typeof import('./page-script.ts') };
    const client = new seenby.FakeClient();
    for (const [id, unread] of [
      ['one', 2],
      ['two', 3],
    ] as const) {
      const group = new seenby.FakeGroup(id, []);
      group.unread = unread;
      client.add(group);
    }
    seenby.provideClient(client, document.body);
  });
  await expect.poll(() => page.locator('#all').getAttribute('data-unread')).toBe('5');
  await page.evaluate('seenby.provideClient(undefined, document.body)');
  await expect.poll(() => page.locator('#all').getAttribute('data-unread')).toBe(null);
});
