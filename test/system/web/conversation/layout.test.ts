import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { User } from '../../../support/wire/user.ts';
import { ChatPage } from '../chat-page.ts';
import { makeGroup, writeAs } from '../make-group.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const tablet = { viewport: { width: 768, height: 1024 } };
const laptop = { viewport: { width: 1024, height: 700 } };
const desktop = { viewport: { width: 1440, height: 900 } };

let alice: User;
let bob: User;
let groupId: string;
let otherId: string;

beforeAll(async () => {
  [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  otherId = await makeGroup(alice, bob);
  groupId = await makeGroup(alice, bob);
  await writeAs(bob, groupId, 'Hello');
  await writeAs(alice, groupId, 'Hello to you');
  await alice.post(`/groups/${groupId}/read`, { upTo: 2 });
});

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
};

const panelOf = ({ page }: ChatPage) => page.getByRole('complementary', { name: 'Receipts' });
const openPanel = (chat: ChatPage) => chat.choose('Hello to you', 'Who has read it');
const focusIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

describe('the panel', () => {
  it('stands beside the conversation where there is room', async () => {
    const hers = await ChatPage.open(alice, { groupId, ...desktop });
    await openPanel(hers);
    await panelOf(hers).waitFor();
    const [panel, messages] = [
      await boxOf(panelOf(hers)),
      await boxOf(hers.page.locator('.messages')),
    ];
    expect(panel.x).toBeGreaterThanOrEqual(messages.x + messages.width);
  });

  it('lies over it below 1,100 pixels; a click beside it or Escape closes it', async () => {
    const hers = await ChatPage.open(alice, { groupId, ...laptop });
    const width = (await boxOf(hers.page.locator('.messages'))).width;
    await openPanel(hers);
    await panelOf(hers).waitFor();
    expect((await boxOf(hers.page.locator('.messages'))).width).toBe(width);
    expect((await boxOf(panelOf(hers))).x).toBeLessThan(1024 - 300);
    await hers.page.mouse.click(320, 400);
    await panelOf(hers).waitFor({ state: 'detached' });
    await openPanel(hers);
    await panelOf(hers).waitFor();
    await hers.page.keyboard.press('Escape');
    await panelOf(hers).waitFor({ state: 'detached' });
  });
});

it.each([
  ['a phone', phone],
  ['a tablet', tablet],
  ['a desktop', desktop],
])('on %s nothing is wider than the window, and the menu is inside it', async (_, options) => {
  const hers = await ChatPage.open(alice, { groupId, ...options });
  const { width, height } = options.viewport;
  await hers.bubble('Hello to you').waitFor();
  for (const content of ['Hello to you', 'Hello']) {
    await hers.bubble(content).first().focus();
    await hers.page.keyboard.press('Enter');
    await hers.page.getByRole('menu').waitFor();
    const menu = await boxOf(hers.page.getByRole('menu'));
    expect([menu.x >= 0, menu.y >= 0]).toEqual([true, true]);
    expect(menu.x + menu.width).toBeLessThanOrEqual(width);
    expect(menu.y + menu.height).toBeLessThanOrEqual(height);
    await hers.page.keyboard.press('Escape');
    await hers.page.getByRole('menu').waitFor({ state: 'detached' });
  }
  expect(await hers.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
});

it('on a phone the back button of the page and that of the browser lead the same way', async () => {
  const hers = await ChatPage.open(alice, phone);
  const { page } = hers;
  for (const back of [
    () => page.getByRole('button', { name: 'Back' }).click(),
    () => page.goBack(),
  ]) {
    await hers.groupRow(groupId).click();
    await hers.bubble('Hello to you').waitFor();
    await back();
    await hers.groupRow(groupId).waitFor();
  }
  // Neither left a step behind: the same number of entries as with one chat opened.
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(3);
});

it('on a phone the browser’s back button closes the panel, and a finger that rests opens the menu', async () => {
  const hers = await ChatPage.open(alice, { groupId, ...phone });
  const { page } = hers;
  const bubble = hers.bubble('Hello to you');
  await bubble.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 200, clientY: 400 });
  await page.getByRole('menuitem', { name: /Who has read it/ }).click();
  await panelOf(hers).waitFor();
  expect((await boxOf(panelOf(hers))).width).toBe(390);
  await page.goBack();
  await panelOf(hers).waitFor({ state: 'detached' });
  await bubble.waitFor();
});

describe('by keyboard alone', () => {
  it('past the list of chats, through the messages, into a menu and out', async () => {
    const hers = await ChatPage.open(alice, { groupId });
    const { page } = hers;
    await hers.bubble('Hello to you').waitFor();
    await page.keyboard.press('Tab');
    expect(await focusIn(page, '.skip-link')).toBe(true);
    await page.keyboard.press('Enter');
    expect(await focusIn(page, 'main')).toBe(true);

    await hers.bubble('Hello to you').focus();
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-seq'))).toBe('1');
    // The messages are one stop, however many there are.
    expect(await page.locator('.bubble[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copy text');
    await page.keyboard.press('End');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expect.poll(() => focusIn(page, '[data-seq="1"]')).toBe(true);
  });

  it('from chat to chat with the arrow keys; the list is one stop', async () => {
    const hers = await ChatPage.open(alice);
    const { page } = hers;
    await hers.groupRow(groupId).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusIn(page, `[data-group="${otherId}"]`)).toBe(true);
    await page.keyboard.press('Home');
    await expect.poll(() => focusIn(page, `[data-group="${groupId}"]`)).toBe(true);
    expect(await page.locator('.group-row[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await hers.bubble('Hello to you').waitFor();
  });

  it('chooses whom to mention, and the panel gives the focus back', async () => {
    const hers = await ChatPage.open(alice, { groupId });
    const { page } = hers;
    const input = page.getByRole('textbox', { name: 'Message', exact: true });
    await input.pressSequentially('Ask @');
    await page.getByRole('option').nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('[role="option"][aria-selected="true"]').textContent();
    await page.keyboard.press('Tab');
    expect(await input.inputValue()).toMatch(/^Ask @[\w-]+ $/);
    expect(chosen).not.toBe('');
    await hers.bubble('Hello to you').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /Who has read it/ }).press('Enter');
    await panelOf(hers).waitFor();
    await expect.poll(() => focusIn(page, 'aside, aside *')).toBe(true);
    await page.keyboard.press('Escape');
    await panelOf(hers).waitFor({ state: 'detached' });
    await expect.poll(() => focusIn(page, '.bubble')).toBe(true);
  });
});
