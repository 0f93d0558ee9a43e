import { describe, expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const html = `
  <p>Sent <seenby-ticks group-id="team" seq="1"></seenby-ticks> sending <seenby-ticks></seenby-ticks></p>
  <p>Unread <seenby-badge group-id="team"></seenby-badge></p>
  <p style="margin-top: 300px"><seenby-read-by group-id="team" seq="1"></seenby-read-by></p>`;

const panelHtml = `
  <p><seenby-facepile group-id="team" seq="1"></seenby-facepile></p>
  <div style="height: 600px; width: 360px; display: flex">
  <seenby-readers group-id="team" seq="1" style="flex: 1"></seenby-readers></div>`;

const appearances = (['light', 'dark'] as const).flatMap((colorScheme) =>
  ['en', 'zh-CN'].map((lang) => ({ colorScheme, lang })),
);

describe.each(appearances)('axe finds nothing in $colorScheme, $lang', (options) => {
  it('in ticks, badge and counts with their card', async () => {
    const page = await openElements({ html, reducedMotion: 'reduce', ...options });
    await startGroup(page);
    await inGroup(page, (group) => {
      group.unread = 3;
      group.mentions = 1;
      group.read(1, 1000, 'u1', 'u2');
    });
    await page.getByRole('button').focus();
    await page.getByRole('tooltip').locator('li').nth(1).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('in faces and the panel', async () => {
    const page = await openElements({ html: panelHtml, reducedMotion: 'reduce', ...options });
    await startGroup(page);
    await inGroup(page, (group) => {
      group.read(1, 1000, 'u1', 'u2');
      group.deliver(1, 1000, 'u3');
      group.stand(1, 'u1', 'u2');
    });
    await page.locator('seenby-readers li').nth(1).waitFor();
    await page.locator('seenby-facepile[data-count="2"]').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('slider').focus();
    await page.keyboard.press('End');
    await page.getByRole('tab').nth(2).click();
    await page.locator('[part=remind]').click();
    await page.getByRole('status').getByText(/2|3/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

it('colours follow color-scheme and the properties of the app', async () => {
  const page = await openElements({ html, colorScheme: 'dark' });
  await startGroup(page, ['Ann', 'Bob']);
  await inGroup(page, (group) => group.read(1, 1, 'u1'));
  const colour = () =>
    page.evaluate("getComputedStyle(document.querySelector('seenby-ticks')).color");
  await page.locator('seenby-ticks[status=read]').waitFor();
  await expect.poll(colour).toBe('rgb(108, 184, 255)');
  await page.evaluate("document.documentElement.style.colorScheme = 'light'");
  await expect.poll(colour).toBe('rgb(11, 107, 203)');
  await page.evaluate("document.body.style.setProperty('--seenby-read', 'rgb(0, 128, 0)')");
  await expect.poll(colour).toBe('rgb(0, 128, 0)');
});
