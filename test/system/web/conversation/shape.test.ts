import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { uniqueId } from '../../../support/wire/service.ts';
import { User } from '../../../support/wire/user.ts';
import { ChatPage } from '../chat-page.ts';
import { makeGroup, writeAs } from '../make-group.ts';

const three = async (): Promise<[User, User, User]> => [
  await User.create('alice', 'Alice'),
  await User.create('bob', 'Bob Stone'),
  await User.create('cy', 'סיוון'),
];

async function groupOfThree(): Promise<{ alice: User; bob: User; cy: User; groupId: string }> {
  const [alice, bob, cy] = await three();
  for (const user of [alice, bob, cy]) await user.get('/me/unread');
  return { alice, bob, cy, groupId: await makeGroup(alice, bob, cy) };
}

const boxOf = async (locator: Locator) => JSON.stringify(await locator.boundingBox());

it('shows name and picture once for what somebody writes in a row, and neither for oneself', async () => {
  const { alice, bob, cy, groupId } = await groupOfThree();
  for (const line of ['One', 'Two']) await writeAs(bob, groupId, line);
  await writeAs(cy, groupId, 'שלוש');
  await writeAs(alice, groupId, 'Four');
  const { page } = await ChatPage.open(alice, { groupId });
  await page.locator('.bubble').getByText('Four').waitFor();
  // Names are loaded by themselves.
  await expect
    .poll(() => page.locator('.bubble .sender').allTextContents())
    .toEqual(['Bob Stone', 'סיוון']);
  expect(await page.locator('.run > .avatar').allTextContents()).toEqual(['BS', 'ס']);
  expect(await page.locator('.day-name').allTextContents()).toEqual(['Today']);
  const direction = (text: string) =>
    page
      .locator('.content', { hasText: text })
      .evaluate((element) => getComputedStyle(element).direction);
  expect([await direction('One'), await direction('שלוש')]).toEqual(['ltr', 'rtl']);
});

it('counts others’ messages under the pointer only, one’s own always, and nothing moves as they change', async () => {
  const { alice, bob, cy, groupId } = await groupOfThree();
  await writeAs(bob, groupId, 'Shall we?');
  await writeAs(alice, groupId, 'Let us.');
  const hers = await ChatPage.open(alice, { groupId });
  await hers.receiptStatus('Let us.', { read: 0, unread: 2 });
  const opacity = (content: string) =>
    hers
      .bubble(content)
      .locator('[data-read]')
      .evaluate((element) => getComputedStyle(element).opacity);
  expect([await opacity('Shall we?'), await opacity('Let us.')]).toEqual(['0', '1']);
  await hers.bubble('Shall we?').hover();
  await expect.poll(() => opacity('Shall we?')).toBe('1');

  const places = () =>
    Promise.all(
      ['Shall we?', 'Let us.'].map((text) => boxOf(hers.bubble(text).locator('.bubble-body'))),
    );
  // An id in place of the name is longer.
  await hers.bubble('Shall we?').getByText('Bob Stone').waitFor();
  const before = await places();
  await Promise.all([bob, cy].map((user) => user.post(`/groups/${groupId}/read`, { upTo: 2 })));
  await hers.receiptStatus('Let us.', { read: 2, unread: 0 });
  expect(await places()).toEqual(before);
});

it('shows plain ticks in a direct chat, without names, pictures and counts', async () => {
  const [alice, bob] = await three();
  const groupId = uniqueId('chat');
  const chat = { groupId, name: 'Bob', memberIds: [bob.userId], kind: 'direct' };
  await alice.post('/groups', { ...chat, tracking: 'receipts' });
  await writeAs(bob, groupId, 'Coming?');
  await writeAs(alice, groupId, 'Yes');
  const hers = await ChatPage.open(alice, { groupId });
  await bob.post(`/groups/${groupId}/read`, { upTo: 2 });
  await hers.bubble('Yes').getByRole('img', { name: 'Read by all' }).waitFor();
  expect(await hers.page.locator('.run .avatar, .bubble .sender').count()).toBe(0);
  expect(await hers.page.locator('.bubble [data-read]').count()).toBe(0);
});

it('calls a direct chat as the other person is called, whoever made it, and shows their picture', async () => {
  const [alice, bob] = await three();
  const picture = 'https://pictures.example.com/alice.svg';
  await bob.call('PUT', '/me/profile', { name: 'Bob Stone' });
  await alice.call('PUT', '/me/profile', { name: 'Alice', picture });
  const his = await ChatPage.open(bob);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  await his.page.route(picture, (it) => it.fulfill({ contentType: 'image/svg+xml', body: svg }));
  const groupId = uniqueId('chat');
  const chat = { groupId, name: 'Alice, Bob', memberIds: [bob.userId], kind: 'direct' };
  await alice.post('/groups', chat);
  const row = his.groupRow(groupId);
  await row.locator('.group-name').getByText('Alice', { exact: true }).waitFor();
  await row.locator(`.avatar img[src="${picture}"]`).waitFor();
  await row.click();
  await his.page.getByRole('heading', { name: 'Alice', exact: true }).waitFor();
  const hers = await ChatPage.open(alice);
  await hers.groupRow(groupId).getByText('Bob Stone', { exact: true }).waitFor();
});

it('says in the list of chats how far one’s own message has come, and who wrote another', async () => {
  const { alice, bob, cy, groupId } = await groupOfThree();
  const hers = await ChatPage.open(alice, { groupId });
  await hers.write('Anybody?');
  const row = hers.groupRow(groupId);
  await row.getByText('You: Anybody?').waitFor();
  await row.getByRole('img', { name: 'Sent' }).waitFor();
  await Promise.all([bob, cy].map((user) => user.post(`/groups/${groupId}/read`, { upTo: 1 })));
  await row.getByRole('img', { name: 'Read by all' }).waitFor();
  await writeAs(bob, groupId, 'Me!');
  await row.getByText(/Bob.*: Me!/).waitFor();
});

it('shows by faces up to where each has read, and moves them as they read on', async () => {
  const { alice, bob, cy, groupId } = await groupOfThree();
  for (const line of ['One', 'Two', 'Three']) await writeAs(alice, groupId, line);
  await bob.post(`/groups/${groupId}/read`, { upTo: 1 });
  await cy.post(`/groups/${groupId}/read`, { upTo: 1 });
  const hers = await ChatPage.open(alice, { groupId });
  const faces = (content: string) => hers.bubble(content).locator('seenby-facepile[data-count]');
  await expect.poll(() => faces('One').getAttribute('data-count')).toBe('2');
  expect(await faces('Three').count()).toBe(0);
  const before = await boxOf(hers.bubble('Three').locator('.bubble-body'));
  await bob.post(`/groups/${groupId}/read`, { upTo: 3 });
  await expect.poll(() => faces('Three').getAttribute('data-count')).toBe('1');
  await expect.poll(() => faces('One').getAttribute('data-count')).toBe('1');
  expect(await boxOf(hers.bubble('Three').locator('.bubble-body'))).toBe(before);
});

it('[TR1] says on a group of positions why there are no receipts', async () => {
  const [alice, bob] = await three();
  const groupId = uniqueId('chat');
  const chat = { groupId, name: 'All hands', memberIds: [bob.userId] };
  await alice.post('/groups', { ...chat, tracking: 'positions' });
  await writeAs(alice, groupId, 'Welcome');
  const hers = await ChatPage.open(alice, { groupId });
  await hers.page.getByText('No receipts in this chat').waitFor();
  await hers.bubble('Welcome').hover();
  expect(await hers.page.locator('.bubble [data-read]').count()).toBe(0);
  await hers.bubble('Welcome').getByRole('button', { name: 'More' }).click();
  await hers.page.getByRole('menuitem').first().waitFor();
  const entries = await hers.page.getByRole('menuitem').allTextContents();
  expect(entries).toContain('Mark unread from here');
  expect(entries.join()).not.toContain('Who has read it');
});

it('invites to write in a chat that is empty', async () => {
  const { alice, groupId } = await groupOfThree();
  const hers = await ChatPage.open(alice, { groupId });
  await hers.page.getByRole('button', { name: 'Write the first message' }).click();
  await hers.page.keyboard.type('Hello you two');
  await hers.page.keyboard.press('Enter');
  await hers.receiptStatus('Hello you two', { read: 0, unread: 2 });
  expect(await hers.page.getByText('Say hello').count()).toBe(0);
});
