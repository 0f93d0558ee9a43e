import { beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../../../support/axe-findings.ts';
import { User } from '../../../support/wire/user.ts';
import { ChatPage } from '../chat-page.ts';
import { makeGroup, writeAs } from '../make-group.ts';

let alice: User;
let bob: User;
let groupId: string;

beforeAll(async () => {
  [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  groupId = await makeGroup(alice, bob);
  await writeAs(bob, groupId, 'Hello');
  await writeAs(alice, groupId, 'Read this');
  await bob.post(`/groups/${groupId}/read`, { upTo: 2 });
});

/** The chat of somebody whose network goes away while it is open. */
async function openAndCut(options = {}): Promise<ChatPage> {
  const chat = await ChatPage.open(alice, { groupId, ...options });
  await chat.receiptStatus('Read this', { read: 1, unread: 0 });
  // Dialogs and what is not needed at once are loaded some seconds later.
  await chat.page.getByRole('button', { name: 'Statistics' }).click();
  await chat.page.getByText('Per member').waitFor();
  await chat.page.keyboard.press('Escape');
  await chat.cut();
  await chat.page.getByText('Nothing is lost.').waitFor();
  return chat;
}

it('without a network the panel has no numbers that it does not know, and no part loads for ever', async () => {
  const chat = await openAndCut();
  const { page } = chat;
  await chat.choose('Read this', 'Who has read it');
  const panel = page.locator('.panel');
  await panel.getByText('No connection. It is tried again by itself.').waitFor();
  expect(await panel.getByRole('tab').count()).toBe(0);
  await page.getByRole('button', { name: 'Chat settings' }).click();
  await page.getByRole('dialog').getByText('There is no connection.').waitFor();
  chat.restore();
  // What could not be asked is asked with the next connection.
  await page.getByRole('dialog').getByText('Who sees receipts').waitFor();
  await page.keyboard.press('Escape');
  await panel.getByRole('tab', { name: 'Read 1' }).waitFor();
});

it('what fails in a menu is said below it, and axe finds nothing', async () => {
  const chat = await openAndCut();
  await chat.choose('Hello', 'Mark unread from here');
  await chat.page.locator('.menu').getByText('There is no connection.').waitFor();
  expect(await axeFindings(chat.page)).toEqual([]);
});

it('a recall that cannot be sent says so, can be undone, and is sent later', async () => {
  const [eve, dan] = (await User.createAll('eve', 'dan')) as [User, User];
  const ownId = await makeGroup(eve, dan);
  await writeAs(eve, ownId, 'Too early');
  const hers = await ChatPage.open(eve, { groupId: ownId });
  await hers.bubble('Too early').waitFor();
  await hers.cut();
  await hers.choose('Too early', 'Recall');
  await hers.page.getByText('Not recalled yet. It is tried again by itself.').waitFor();
  await hers.page.getByRole('button', { name: 'Undo' }).waitFor();
  hers.restore();
  await hers.page.locator('.bubble').getByText('This message was recalled').waitFor();
});

it('people are added by their ids where the names of others cannot be loaded', async () => {
  const chat = await openAndCut();
  await chat.page.getByRole('button', { name: 'New chat' }).click();
  const dialog = chat.page.getByRole('dialog', { name: 'New chat' });
  await dialog.getByText('The service cannot be reached.').waitFor();
  await dialog.getByRole('searchbox').fill('new.person');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('alert').getByText('There is no connection.').waitFor();
});

it('a phone says above the list of chats that it is offline', async () => {
  const viewport = { width: 390, height: 844 };
  const chat = await ChatPage.open(alice, { viewport, hasTouch: true, isMobile: true });
  await chat.groupRow(groupId).waitFor();
  await chat.cut();
  await chat.page.getByText('Nothing is lost.').waitFor();
  expect(await chat.groupRow(groupId).isVisible()).toBe(true);
  expect(await axeFindings(chat.page)).toEqual([]);
});
