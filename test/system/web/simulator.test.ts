import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage, type ChatPageOptions } from './chat-page.ts';

const members = 8;

/** A page that listens to the simulator keeps a connection, of which a browser makes six. */
const opened: ChatPage[] = [];
afterEach(async () => {
  for (const { page } of opened.splice(0)) await page.goto('about:blank');
});

async function open(options: ChatPageOptions): Promise<ChatPage> {
  const chat = await ChatPage.open(await User.create('visitor'), options);
  opened.push(chat);
  return chat;
}

/** Opens the simulator and starts a load group, all of whom read at once. */
async function start(): Promise<Page> {
  const { page } = await open({ simulator: 'loadGroups' });
  await page.getByRole('button', { name: 'Simulator' }).click();
  await page.getByRole('slider', { name: 'Members:' }).fill(String(members));
  await page.getByRole('radio', { name: 'all at once' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  return page;
}

const figure = async (page: Page, counter: string, which: 'seenby' | 'other'): Promise<number> => {
  const shown = page.locator(`[data-counter="${counter}"] [data-figure="${which}"]`);
  return Number((await shown.textContent())?.replace(/[$,]/g, ''));
};

it('lights a face for each member who reads, and counts what that takes', async () => {
  const page = await start();
  await page.getByText(`Read by all ${members}`).waitFor();
  await page.locator(`.face-grid[data-lit="${members}"]`).waitFor();
  await page.locator(`.live[data-read="${members}"][data-total="${members}"]`).waitFor();
  // At least: a message to each, a mark of each, its confirmation, and the author told.
  await expect.poll(() => figure(page, 'frames', 'seenby')).toBeGreaterThan(4 * members);
  await expect.poll(() => figure(page, 'writeUnits', 'seenby')).toBeGreaterThan(members);
  await expect.poll(() => figure(page, 'dollars', 'seenby')).toBeGreaterThan(0);
  // All have it open, the author too, and each read would be told to all.
  await expect
    .poll(() => figure(page, 'frames', 'other'))
    .toBeGreaterThanOrEqual(2 + members + 1 + members * (2 + members + 1));
  await page.getByText(`knew: ${members} reads`).waitFor();
  await page.getByText('Which frames').click();
  await page.getByText('message to a member').waitFor();
});

it('changes pace and visibility while it runs, sends again, stops and begins anew', async () => {
  const page = await start();
  await page.getByText(`Read by all ${members}`).waitFor();
  expect(await page.getByRole('slider', { name: 'Members:' }).isDisabled()).toBe(true);
  await page.getByRole('radio', { name: '1 a second' }).check();
  await page.getByRole('radio', { name: 'the sender', exact: true }).check();
  await page.getByRole('button', { name: 'Send another' }).click();
  // One after the other, so that some have and others have not for a while.
  await page.getByText(new RegExp(`^[2-${members - 1}] of ${members} have read it`)).waitFor();
  await page.getByRole('radio', { name: 'all at once' }).check();
  await page.getByText(`Read by all ${members}`).waitFor();
  // Whoever is not the author now sees no counts.
  await page.getByRole('tab', { name: 'Under the hood' }).click();
  const reader = page.getByRole('region', { name: 'Reader', exact: true });
  await reader.locator('.bubble').getByText('Message № 2').waitFor();
  expect(await reader.locator('[data-read]').count()).toBe(0);
  await page.getByRole('tab', { name: 'Live' }).click();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByText(`Everyone has read everything: ${members} of ${members}.`).waitFor();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('Nothing has been sent yet').waitFor();
  await page.getByRole('button', { name: 'Start' }).waitFor();
});

it('has members read as people do, and shows receipts to the author and admins alone', async () => {
  const { page } = await open({ simulator: 'loadGroups', viewport: { width: 820, height: 1180 } });
  await page.getByRole('button', { name: 'Simulator' }).click();
  await page.getByRole('slider', { name: 'Members:' }).fill(String(members));
  await page.getByRole('radio', { name: 'as people do' }).check();
  const shares = page.getByRole('slider', { name: '(%)' });
  await shares.last().fill('0');
  await shares.first().fill('100');
  await page.locator('.rest').getByText('0', { exact: true }).waitFor();
  // The shares are of a hundred: nobody is left to be offline.
  await shares.last().fill('50');
  expect(await shares.last().inputValue()).toBe('0');
  await page.getByRole('radio', { name: 'sender and admins' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText(`Read by all ${members}`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Under the hood' }).click();
  const author = page.getByRole('region', { name: 'Author', exact: true });
  await author.locator(`.bubble [data-read="${members}"]`).waitFor();
  const reader = page.getByRole('region', { name: 'Reader', exact: true });
  await reader.locator('.bubble').waitFor();
  expect(await reader.locator('[data-read]').count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
});

it('ends a load group that somebody has started and left before it was there', async () => {
  const { page } = await open({ simulator: 'loadGroups' });
  await page.getByRole('button', { name: 'Simulator' }).click();
  const left = Promise.withResolvers<void>();
  await page.route('**/load-group/members', async (route) => {
    await left.promise;
    await route.continue();
  });
  const asked = page.waitForRequest('**/load-group/members');
  await page.getByRole('button', { name: 'Start' }).click();
  await asked;
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await page.locator('.simulator').waitFor({ state: 'detached' });
  const ended = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  left.resolve();
  expect((await ended).status()).toBe(200);
});

it('is used with the keyboard alone, and says who has read and when', async () => {
  const { page } = await open({ simulator: 'loadGroups' });
  await page.getByRole('button', { name: 'Simulator' }).focus();
  await page.keyboard.press('Enter');
  const slider = page.getByRole('slider', { name: 'Members:' });
  await slider.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowLeft');
  expect(await page.getByRole('radio', { name: 'all at once' }).isChecked()).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Read by all 5').waitFor();
  const faces = page.getByRole('slider', { name: 'Members', exact: true });
  await faces.focus();
  await page.keyboard.press('End');
  await page.getByText(/^Reader \(this page\): read it .+ after it was sent$/).waitFor();
  await page.keyboard.press('Home');
  await expect
    .poll(() => faces.getAttribute('aria-valuetext'))
    .toMatch(/: read it \d+.* after it was sent$/);
  await page.getByRole('tab', { name: 'Live' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('region', { name: 'Author', exact: true }).waitFor();
});

it('moves nothing for people who do not want it, and has their language', async () => {
  const { page } = await open({
    ...{ simulator: 'loadGroups', locale: 'zh-CN', reducedMotion: 'reduce' },
    ...{ colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  });
  await page.getByRole('button', { name: '模拟器' }).click();
  await page.getByRole('slider', { name: '成员数:' }).fill('5');
  await page.getByRole('radio', { name: '同时' }).check();
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByText('全部 5 人已读').waitFor();
  const width = () => page.evaluate(() => document.querySelector('.simulation')?.scrollWidth ?? 0);
  expect(await width()).toBeLessThanOrEqual(390);
  expect(await axeFindings(page)).toEqual([]);
});

it('[PU4] two panes agree to the last count, whatever was cut, doubled and reordered', async () => {
  const page = await start();
  await page.getByText(`Read by all ${members}`).waitFor();
  await page.getByRole('radio', { name: 'as people do' }).check();
  await page.getByRole('tab', { name: 'Under the hood' }).click();
  await page.getByRole('checkbox', { name: /author writes/ }).check();
  const author = page.getByRole('region', { name: 'Author', exact: true });
  const reader = page.getByRole('region', { name: 'Reader', exact: true });
  await author.locator('.bubble.own').getByText('№ 1', { exact: true }).waitFor();
  await reader.locator('.bubble.other').getByText('№ 1', { exact: true }).waitFor();

  await page.locator('[data-latency="reader"] b').waitFor();
  for (const pane of [author, reader]) {
    await pane.getByRole('button', { name: 'Duplicate frames' }).click();
    await pane.getByRole('button', { name: 'Reorder frames' }).click();
  }
  await write(author, 'Doubled and shuffled');
  await reader.getByText('Doubled and shuffled').waitFor();
  await author.getByRole('button', { name: 'Disconnect' }).click();
  await author.locator('.lamp:not([data-state="connected"])').waitFor();
  await write(author, 'Written while cut off');
  await author.getByRole('img', { name: 'Sending' }).first().waitFor();
  await author.getByRole('button', { name: 'Connect again' }).click();
  await reader.getByText('Written while cut off').waitFor();

  await page.getByRole('checkbox', { name: /author writes/ }).uncheck();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByText(/Everyone has read everything/).waitFor();
  const everyone = `Read ${members} · Unread 0`;
  for (const pane of [author, reader]) {
    await expect.poll(async () => new Set(await countsIn(pane))).toEqual(new Set([everyone]));
    expect((await countsIn(pane)).length).toBeGreaterThan(2);
  }
});

it('a new user finds a group that is alive, and sees counts move without typing', async () => {
  const chat = await open({ simulator: 'all' });
  const statuses = chat.page.locator('.bubble [data-read]');
  await statuses.first().waitFor();
  const shown = () => statuses.evaluateAll((counts) => counts.map(({ dataset: { read } }) => read));
  const before = await shown();
  await expect.poll(shown).not.toEqual(before);
});

async function write(pane: Locator, content: string): Promise<void> {
  await pane.getByRole('textbox', { name: 'Message', exact: true }).fill(content);
  await pane.getByRole('button', { name: 'Send' }).click();
}

const countsIn = (pane: Locator): Promise<string[]> =>
  pane
    .locator('[data-read]')
    .evaluateAll((counts) =>
      counts.map(({ dataset: { read, unread } }) => `Read ${read} · Unread ${unread}`),
    );
