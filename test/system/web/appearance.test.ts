import { beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage, titleOf } from './chat-page.ts';
import { makeGroup } from './make-group.ts';

let alice: User;
let bob: User;
let groupId: string;

beforeAll(async () => {
  [alice, bob] = [await User.create('alice'), await User.create('bob')];
  groupId = await makeGroup(alice, bob);
  await alice.post(`/groups/${groupId}/messages`, { clientMessageId: 'a', content: 'Hello' });
  await bob.post(`/groups/${groupId}/messages`, { clientMessageId: 'b', content: 'Hello too' });
  await alice.post(`/groups/${groupId}/read`, { upTo: 2 });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('axe finds nothing in chats, panel, dialogs and simulator', async () => {
    const { page } = await ChatPage.open(alice, { groupId, colorScheme });
    await page.locator('.bubble.own seenby-read-by').getByRole('button').click();
    await page.locator('.panel').getByText('Nobody has read it yet').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Chat settings' }).click();
    await page.getByRole('group', { name: 'Who sees receipts' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Simulator' }).click();
    await page.getByRole('button', { name: 'Start' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('axe finds nothing in a simulator that runs', async () => {
    const { page } = await ChatPage.open(alice, { colorScheme, simulator: 'loadGroups' });
    await page.getByRole('button', { name: 'Simulator' }).click();
    await page.getByRole('slider', { name: 'Members:' }).fill('5');
    await page.getByRole('radio', { name: 'all at once' }).check();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Read by all 5').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Under the hood' }).click();
    await page.getByRole('region', { name: 'Author', exact: true }).locator('.bubble').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByText(/Everyone has read everything/).waitFor();
  });
});

it('dark is dark, by the system or by choice, and the choice stays', async () => {
  const { page } = await ChatPage.open(alice, { groupId, colorScheme: 'light' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  expect(await ground()).toBe('rgb(242, 245, 244)');
  await page.getByRole('radio', { name: 'Dark' }).check();
  expect(await ground()).toBe('rgb(12, 18, 17)');
  await page.reload();
  await page.locator('.bubble').first().waitFor();
  expect(await ground()).toBe('rgb(12, 18, 17)');
});

it('speaks Chinese to a Chinese browser, and English when told to', async () => {
  const { page } = await ChatPage.open(alice, { groupId, locale: 'zh-CN' });
  await page.locator('.bubble.own').getByRole('button', { name: '已读 0 · 未读 1' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.getByRole('button', { name: '设置', exact: true }).click();
  await page.getByRole('combobox', { name: '语言' }).selectOption('en');
  await page.keyboard.press('Escape');
  await page.locator('.bubble.own').getByRole('button', { name: 'Read 0 · Unread 1' }).waitFor();
});

it('on a phone one thing fills the screen: the list, a chat, its receipts', async () => {
  const viewport = { width: 390, height: 844 };
  const chat = await ChatPage.open(alice, { viewport, hasTouch: true, isMobile: true });
  const { page } = chat;
  await chat.groupRow(groupId).click();
  await page.locator('.bubble.own seenby-read-by').getByRole('button').click();
  const panel = page.getByRole('complementary', { name: 'Receipts' });
  await panel.waitFor();
  expect((await panel.boundingBox())?.width).toBe(390);
  await panel.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await chat.groupRow(groupId).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

it('the whole way by keyboard: to a chat, into its menu and out, and back where one was', async () => {
  const chat = await ChatPage.open(alice);
  const { page } = chat;
  await chat.groupRow(groupId).focus();
  await page.keyboard.press('Enter');
  await page.locator('.bubble.own').waitFor();
  await page.locator('.bubble.own button.more').focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'More' });
  await menu.waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toMatch(/^Who has read it/);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toBe('More');
});

it('tells a screen reader once that all have read, and never a count', async () => {
  const [eve, dan] = [await User.create('eve'), await User.create('dan')];
  const ownId = await makeGroup(eve, dan);
  const chat = await ChatPage.open(eve, { groupId: ownId });
  await chat.write('Read this');
  await chat.receiptStatus('Read this', { read: 0, unread: 1 });
  const announcer = chat.page.locator('[data-announces="all-read"]');
  expect(await announcer.textContent()).toBe('');
  await dan.post(`/groups/${ownId}/read`, { upTo: 1 });
  await chat.receiptStatus('Read this', { read: 1, unread: 0 });
  await expect.poll(() => announcer.textContent()).toBe('Everyone has read “Read this”.');
  const live = chat.page.locator('[aria-live], [role="status"], [role="alert"], output');
  for (const text of await live.allTextContents()) expect(text).not.toMatch(/Read \d/);
});

it('shows unread in title and favicon, and takes them away', async () => {
  const [eve, dan] = [await User.create('eve'), await User.create('dan')];
  const ownId = await makeGroup(eve, dan);
  const chat = await ChatPage.open(dan);
  await titleOf(chat, 'Seenby');
  await eve.post(`/groups/${ownId}/messages`, { clientMessageId: 'a', content: 'Hello' });
  await titleOf(chat, '(1) Seenby');
  const icon = () => chat.page.locator('link[rel="icon"]').getAttribute('href');
  expect(decodeURIComponent((await icon()) ?? '')).toContain('>1</text>');
  await chat.groupRow(ownId).click();
  await titleOf(chat, 'Seenby');
  expect(await icon()).toBe('./icon.svg');
});
