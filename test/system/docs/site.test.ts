import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { openBrowser } from '../../support/browser.ts';
import { refuseStorage } from '../../support/refuse-storage.ts';
import { service } from '../../support/wire/service.ts';

/** A page of the documentation, and what its console has to complain of. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const context = await (await openBrowser()).newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  // The demo group would start with the demo page.
  await page.route('**/dev/simulator/**', (route) => route.abort());
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${service.httpUrl}${path}`);
  return { page, errors };
}

it('is found at /docs, and its pages lead to each other', async () => {
  const { page } = await open('/docs');
  expect(new URL(page.url()).pathname).toBe('/docs/');
  await page.getByRole('link', { name: 'Decisions', exact: true }).first().click();
  await page.getByRole('link', { name: /Counts are derived/ }).click();
  await page.getByRole('heading', { level: 1, name: /Counts are derived/ }).waitFor();
  await page.getByRole('link', { name: 'Demo' }).click();
  await page.waitForURL(`${service.httpUrl}/`);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Documentation' }).click();
  await page.waitForURL(`${service.httpUrl}/docs/`);
});

// What pages have in common is looked at in both: prose, tables and code. Fields are on one page alone.
it.each([
  ['index', 'light'],
  ['client', 'dark'],
  ['protocol', 'light'],
  ['performance', 'dark'],
  ['costs', 'light'],
  ['costs', 'dark'],
] as const)('axe finds nothing on the page %s in %s', async (name, colorScheme) => {
  const { page, errors } = await open(`/docs/${name}.html`, { colorScheme });
  await page.getByRole('button', { name: /Theme/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(errors).toEqual([]);
});

it.each(['light', 'dark'] as const)(
  'axe finds nothing in the search and on a phone with the menu open, in %s',
  async (colorScheme) => {
    const viewport = { width: 390, height: 844 };
    const { page } = await open('/docs/client.html', { colorScheme, viewport });
    await page.getByRole('link', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Glossary' }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('combobox', { name: 'Search' }).fill('receipt log');
    await page.getByRole('option').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  },
);

it('finds a section by its words, with the keyboard alone', async () => {
  const { page } = await open('/docs/');
  await page.getByRole('button', { name: 'Search' }).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search' }).waitFor();
  await page.keyboard.type('service tokens');
  await page
    .getByRole('option', { name: /Service tokens/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/docs/protocol.html#service-tokens');
});

it('stays dark once it was made dark, on the next page too', async () => {
  const { page } = await open('/docs/', { colorScheme: 'light' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Theme: Auto' }).click();
  await page.getByRole('button', { name: 'Theme: Light' }).click();
  expect(await ground()).toBe('rgb(15, 23, 21)');
  await page.getByRole('link', { name: 'Glossary' }).first().click();
  await page.getByRole('button', { name: 'Theme: Dark' }).waitFor();
  expect(await ground()).toBe('rgb(15, 23, 21)');
});

it('begins at its beginning on a phone, where the list of pages is below the text', async () => {
  const { page } = await open('/docs/costs.html', { viewport: { width: 390, height: 844 } });
  await page.getByRole('spinbutton').first().waitFor();
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
});

it('can be searched, and read in the dark, where the browser keeps nothing', async () => {
  const { page } = await open('/docs/');
  await page.addInitScript(refuseStorage);
  await page.reload();
  await page.getByRole('button', { name: 'Theme: Auto' }).click();
  await page.getByRole('button', { name: 'Theme: Light' }).click();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('combobox', { name: 'Search' }).waitFor();
});

it('can be read without a script', async () => {
  const { page } = await open('/docs/client.html', { javaScriptEnabled: false });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Glossary', exact: true }).click();
  await page.waitForURL('**/docs/glossary.html');
});

describe('the calculator', () => {
  it('computes a month as it is typed, and keeps the choice in the address', async () => {
    const { page } = await open('/docs/costs.html');
    const summary = page.getByRole('status').first();
    await summary.getByText('Seenby takes $11.').waitFor();
    await page.getByRole('spinbutton', { name: 'Members of the group' }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('20');
    await page.keyboard.press('Tab');
    await page.waitForURL('**/costs.html#members=20');
    const shown = await summary.textContent();
    await page.reload();
    await summary.getByText(String(shown)).waitFor();
  });

  it('says what a number has to be, and leaves the bill as it was', async () => {
    const { page } = await open('/docs/costs.html');
    const members = page.getByRole('spinbutton', { name: 'Members of the group' });
    await members.fill('5000');
    await page.getByText('A number from 2 to 1,000').waitFor();
    expect(await members.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('status').first().getByText('Seenby takes $11.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('speaks Chinese to a Chinese browser, and English when told to', async () => {
    const { page } = await open('/docs/costs.html', { locale: 'zh-CN' });
    await page.getByRole('spinbutton', { name: '群成员数' }).fill('100');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('combobox', { name: '语言' }).selectOption('en');
    const members = page.getByRole('spinbutton', { name: 'Members of the group' });
    expect(await members.inputValue()).toBe('100');
  });
});
