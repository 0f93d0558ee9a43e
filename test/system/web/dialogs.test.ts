import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';
import { makeGroup } from './make-group.ts';

let alice: User;
let bob: User;
let groupId: string;

beforeAll(async () => {
  [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  await bob.call('PUT', '/me/profile', { name: 'Bob Stone' });
  groupId = await makeGroup(alice, bob);
});

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const tablet = { viewport: { width: 1024, height: 768 } };

const words = {
  'en-US': {
    settings: 'Settings',
    groupSettings: 'Chat settings',
    visibility: 'Who sees receipts',
    showMembers: /Show members$/,
    members: /^Members/,
    add: 'Add people',
    userActions: 'What to do with Bob Stone',
    remove: 'Remove from the chat',
    removing: 'Remove Bob Stone?',
  },
  'zh-CN': {
    settings: '设置',
    groupSettings: '聊天设置',
    visibility: '谁能看到回执',
    showMembers: /查看成员$/,
    members: /^成员/,
    add: '添加成员',
    userActions: '对Bob Stone的操作',
    remove: '移出聊天',
    removing: '移除Bob Stone？',
  },
} as const;

/** What axe finds, and whether anything stands out to the side. */
async function look(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
  const boxes = page.locator('dialog[open] .dialog-body');
  for (const box of await boxes.all()) {
    const width = await box.evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(width).toBe(0);
  }
}

describe.each([
  ['en-US', 'light', phone],
  ['zh-CN', 'dark', phone],
  ['zh-CN', 'light', tablet],
  ['en-US', 'dark', tablet],
] as const)('in %s, %s', (locale, colorScheme, { ...size }) => {
  it(`dialogs fit in ${size.viewport.width} pixels, and axe finds nothing in them`, async () => {
    const said = words[locale];
    const { page } = await ChatPage.open(alice, { groupId, locale, colorScheme, ...size });
    await page.getByRole('button', { name: said.groupSettings }).click();
    await page.getByRole('group', { name: said.visibility }).waitFor();
    await look(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: said.showMembers }).click();
    const members = page.getByRole('dialog', { name: said.members });
    await members.locator(`[data-member="${bob.userId}"]`).waitFor();
    await look(page);
    await members.getByRole('button', { name: said.userActions }).click();
    await page.getByRole('menuitem', { name: said.remove }).click();
    await page.getByRole('dialog', { name: said.removing }).waitFor();
    await look(page);
    await page.keyboard.press('Escape');
    await members.getByRole('button', { name: said.add }).click();
    await page.getByRole('dialog', { name: said.add }).getByRole('searchbox').fill('new.person');
    await page.getByRole('checkbox').first().check();
    await look(page);
  });
});

it('the focus begins in a dialog, stays in it, and goes back where it was', async () => {
  const { page } = await ChatPage.open(alice, { groupId });
  const opener = page.getByRole('button', { name: 'Chat settings' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Chat settings' });
  await dialog.getByRole('textbox', { name: 'Name' }).waitFor();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    const isInside = await page.evaluate(
      () => document.activeElement === document.body || !!document.activeElement?.closest('dialog'),
    );
    expect(isInside).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => opener.evaluate((it) => it === document.activeElement)).toBe(true);
});

it('a click beside a dialog closes it, one inside does not', async () => {
  const { page } = await ChatPage.open(alice, { groupId });
  await page.getByRole('button', { name: 'Chat settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Chat settings' });
  await dialog.getByText('New members see').click();
  await dialog.getByText('With receipts').waitFor();
  await page.mouse.click(5, 5);
  await dialog.waitFor({ state: 'detached' });
});

it('[TR7] by keyboard: to positions, with what that does said before and after', async () => {
  const ownId = uniqueId('chat');
  await alice.post('/groups', { groupId: ownId, name: 'Private', memberIds: [bob.userId] });
  await alice.post(`/groups/${ownId}/messages`, { clientMessageId: 'a', content: 'Who saw this?' });
  const chat = await ChatPage.open(alice, { groupId: ownId });
  const { page } = chat;
  await chat.receiptStatus('Who saw this?', { read: 0, unread: 1 });
  await page.getByRole('button', { name: 'Chat settings' }).click();
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByRole('radio', { name: 'With receipts' }).focus();
  expect(await save.isDisabled()).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.getByText('disappear for everybody, at once').waitFor();
  expect(await page.getByRole('radio', { name: 'All members' }).isDisabled()).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await chat.bubble('Who saw this?').locator('[data-read]').waitFor({ state: 'detached' });
  const his = await ChatPage.open(bob, { groupId: ownId });
  await his.page.getByRole('button', { name: 'Chat settings' }).click();
  await his.page.getByText('nobody sees who has read what').waitFor();
  await his.page.getByText('The owner and admins can change this.').waitFor();
  expect(await his.page.getByRole('dialog').getByRole('radio').count()).toBe(0);
});

it('[TR4] read receipts of direct chats are switched off, and stay as they were if that fails', async () => {
  const { page } = await ChatPage.open(await User.create('eve'));
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const receipts = page.getByRole('switch', { name: 'Read receipts in direct chats' });
  await expect.poll(() => receipts.isChecked()).toBe(true);
  await page.route('**/me/settings', (route) => route.abort());
  await receipts.click();
  await page.getByText('There is no connection.').waitFor();
  expect(await receipts.isChecked()).toBe(true);
  await page.unroute('**/me/settings');
  const stored = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await receipts.click();
  await stored;
  await page.getByText('There is no connection.').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect.poll(() => receipts.isEnabled()).toBe(true);
  expect(await receipts.isChecked()).toBe(false);
});

it('one chooses the name by which others see one', async () => {
  const eve = await User.create('eve');
  const ownId = await makeGroup(eve, bob);
  const { page } = await ChatPage.open(eve, { groupId: ownId });
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const name = page.getByRole('textbox', { name: 'Your name, as others see it' });
  await name.fill('Eve <b>Adams</b>');
  await page.getByRole('textbox', { name: 'Address of your picture' }).fill('https://x');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  // A function may know the profile of somebody from up to two seconds ago.
  const known = async () => {
    const { members } = await bob.get<{ members: { userId: string; name?: string }[] }>(
      `/groups/${ownId}/members`,
    );
    return members.find(({ userId }) => userId === eve.userId);
  };
  await expect.poll(known).toMatchObject({ name: 'Eve <b>Adams</b>', picture: 'https://x' });
});

it('shows the own name from a later page of members too, so that saving the picture keeps it', async () => {
  const eve = await User.create('eve');
  await eve.call('PUT', '/me/profile', { name: 'Eve Stone' });
  const ownId = await makeGroup(eve, bob);
  const chat = await ChatPage.open(eve, { groupId: ownId });
  const { page } = chat;
  await chat.groupRow(ownId).waitFor();
  await page.route('**/members?**', (route) => {
    const url = new URL(route.request().url());
    if (!url.searchParams.has('cursor')) {
      return route.fulfill({ json: { members: [], next: 'second' } });
    }
    url.searchParams.delete('cursor');
    return route.continue({ url: String(url) });
  });
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const name = page.getByRole('textbox', { name: 'Your name, as others see it' });
  await expect.poll(() => name.inputValue()).toBe('Eve Stone');
});
