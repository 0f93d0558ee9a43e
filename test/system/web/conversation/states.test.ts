import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openBrowser } from '../../../support/browser.ts';
import { service, uniqueId } from '../../../support/wire/service.ts';
import { User } from '../../../support/wire/user.ts';
import { ChatPage } from '../chat-page.ts';
import { makeGroup, writeAs } from '../make-group.ts';

/** A page on which something is broken before it is opened. */
async function openBroken(user: User, hash: string, breaking: (page: Page) => Promise<unknown>) {
  const context = await (await openBrowser()).newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.route('**/dev/simulator/**', (route) => route.abort());
  await breaking(page);
  await page.goto(`${service.httpUrl}/?user=${user.userId}${hash}`);
  return page;
}

const claims = ['No chats yet', 'Nobody', 'Choose a chat', 'Say hello', 'You are not in this chat'];

async function claimsOf(page: Page): Promise<string[]> {
  const shown = await page.locator('body').textContent();
  return claims.filter((claim) => shown?.includes(claim));
}

it('says that it loads, and nothing of what it does not know yet', async () => {
  const page = await openBroken(await User.create('alice'), '', (it) =>
    it.routeWebSocket(/.*/, () => {}),
  );
  await page.getByRole('status', { name: 'Loading chats' }).waitFor();
  expect(await claimsOf(page)).toEqual([]);
});

it('says that it is offline, and nothing of what it does not know yet', async () => {
  const page = await openBroken(await User.create('alice'), '', (it) =>
    it.routeWebSocket(/.*/, (socket) => socket.close()),
  );
  await page.getByRole('navigation').getByText('The service cannot be reached').waitFor();
  expect(await claimsOf(page)).toEqual([]);
});

it('says that the service refuses the user', async () => {
  const page = await openBroken(await User.create('alice'), '', (it) =>
    it.route('**/dev/token', (route) => route.fulfill({ json: { token: 'a.b.c' } })),
  );
  await page.getByRole('navigation').getByText('does not accept your sign-in').waitFor();
  expect(await claimsOf(page)).toEqual([]);
});

it('takes a token that could not be asked for as being offline', async () => {
  const page = await openBroken(await User.create('alice'), '', (it) =>
    it.route('**/dev/token', (route) => route.abort()),
  );
  await page.getByRole('navigation').getByText('The service cannot be reached').waitFor();
  expect(await claimsOf(page)).toEqual([]);
});

it('says of a chat that is none that the user is not in it, and leads back', async () => {
  const hers = await ChatPage.open(await User.create('alice'), { groupId: uniqueId('none') });
  await hers.page.getByText('You are not in this chat').waitFor();
  await hers.page.getByRole('button', { name: 'To the chats' }).click();
  await hers.page.getByRole('navigation').getByText('No chats yet').waitFor();
});

it('says that messages cannot be loaded, and loads them once they can be', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await writeAs(bob, groupId, 'Are you there?');
  const pattern = '**/messages?**';
  const page = await openBroken(alice, `#/g/${groupId}`, (it) =>
    it.route(pattern, (route) => route.abort()),
  );
  await page.getByText('The messages cannot be loaded now').waitFor();
  expect(await claimsOf(page)).toEqual([]);
  await page.unroute(pattern);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.bubble').getByText('Are you there?').waitFor();
});

it('keeps a fault in one part from taking the rest with it', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  const page = await openBroken(alice, '#/simulator', (it) =>
    it.route('**/simulator-view*', (route) => route.abort()),
  );
  await page.getByText('Something went wrong here').waitFor();
  await page.locator(`[data-group="${groupId}"]`).click();
  await page.getByText('Say hello').waitFor();
});
