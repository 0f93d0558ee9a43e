import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';
import { makeGroup, writeAs } from './make-group.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const desktop = { viewport: { width: 1440, height: 900 } };

const words = {
  'en-US': {
    ...{ settings: 'Settings', newChat: 'New chat', statistics: 'Statistics', recall: 'Recall' },
    ...{ speak: 'Record a voice message', recording: 'Recording', undo: 'Undo' },
    ...{ positions: 'No receipts in this chat', empty: 'Say hello', perMember: 'Per member' },
    ...{ simulator: 'Simulator', start: 'Start', direct: 'Direct chat' },
  },
  'zh-CN': {
    ...{ settings: '设置', newChat: '新建聊天', statistics: '统计', recall: '撤回' },
    ...{ speak: '录制语音消息', recording: '正在录音', undo: '撤销' },
    ...{ positions: '此聊天没有回执', empty: '打个招呼吧', perMember: '每位成员' },
    ...{ simulator: '模拟器', start: '开始', direct: '单聊' },
  },
} as const;

let alice: User;
let team: string;
let direct: string;
let positions: string;
let empty: string;

beforeAll(async () => {
  const users = await Promise.all(['alice', 'bob'].map((name) => User.create(name, name)));
  const [first, bob] = users as [User, User];
  alice = first;
  await bob.call('PUT', '/me/profile', { name: 'Bob Stone' });
  team = await makeGroup(alice, bob);
  empty = await makeGroup(alice, bob);
  [direct, positions] = [uniqueId('chat'), uniqueId('chat')];
  const memberIds = [alice.userId];
  const chat = { groupId: direct, name: 'Alice', memberIds, kind: 'direct' };
  await bob.post('/groups', chat);
  const hall = { groupId: positions, name: 'Town hall', memberIds, tracking: 'positions' };
  await bob.post('/groups', hall);
  for (const groupId of [team, direct, positions]) await writeAs(bob, groupId, 'Hello');
});

/** What axe finds, and whether anything stands out to the side. */
async function look(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
}

const show = (page: Page, hash: string): Promise<void> =>
  page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);

// Every device, language and ground, each with each other once.
it.each([
  ['phone', phone, 'zh-CN', 'light'],
  ['phone', phone, 'en-US', 'dark'],
  ['tablet', tablet, 'en-US', 'light'],
  ['tablet', tablet, 'zh-CN', 'dark'],
  ['desktop', desktop, 'zh-CN', 'dark'],
] as const)(
  'every part is whole on a %s (%#)',
  async (_device, { ...size }, locale, colorScheme) => {
    const said = words[locale];
    const content = uniqueId('message');
    await writeAs(alice, team, content);
    const { page } = await ChatPage.open(alice, { locale, colorScheme, ...size });
    await page
      .locator(`[data-group="${direct}"]`)
      .getByText('Bob Stone', { exact: true })
      .waitFor();
    await look(page);
    await page.getByRole('button', { name: said.settings, exact: true }).click();
    await page.getByRole('dialog').getByRole('switch').waitFor();
    await look(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: said.newChat }).click();
    await page.getByRole('dialog').getByRole('searchbox').waitFor();
    await look(page);
    await page.keyboard.press('Escape');

    await show(page, `#/g/${direct}`);
    await page.getByRole('heading', { name: 'Bob Stone' }).waitFor();
    await page.locator('.group-title').getByText(said.direct).waitFor();
    await look(page);
    await show(page, `#/g/${positions}`);
    await page.locator('main').getByText(said.positions).waitFor();
    await look(page);
    await show(page, `#/g/${empty}`);
    await page.getByText(said.empty).waitFor();
    await look(page);

    await show(page, `#/g/${team}`);
    const own = page.locator('.bubble').filter({ hasText: content });
    await page.getByRole('button', { name: said.statistics }).click();
    await page.getByText(said.perMember).waitFor();
    await look(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: said.speak }).click();
    await page.getByText(said.recording).waitFor();
    await look(page);
    await page.keyboard.press('Escape');
    await own.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: said.recall }).click();
    await page.getByRole('button', { name: said.undo }).waitFor();
    await look(page);
    await page.getByRole('button', { name: said.undo }).click();
    await own.waitFor();

    await show(page, '#/simulator');
    await page.getByRole('button', { name: said.start }).waitFor();
    await look(page);
  },
);
