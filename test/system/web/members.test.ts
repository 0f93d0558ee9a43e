import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';
import { makeGroup } from './make-group.ts';

async function three(): Promise<[User, User, User]> {
  const users = (await User.createAll('alice', 'bob', 'cy')) as [User, User, User];
  await users[1].call('PUT', '/me/profile', { name: 'Bob Stone' });
  return users;
}

async function openMembers(chat: ChatPage): Promise<Locator> {
  await chat.page.getByRole('button', { name: /Show members$/ }).click();
  const dialog = chat.page.getByRole('dialog', { name: /^Members/ });
  await dialog.waitFor();
  return dialog;
}

const row = (dialog: Locator, { userId }: User) => dialog.locator(`[data-member="${userId}"]`);

async function choose(dialog: Locator, user: User, action: string): Promise<void> {
  await row(dialog, user).getByRole('button').click();
  await dialog.page().getByRole('menuitem', { name: action }).click();
}

it('[TR5] the owner finds a member and makes an admin of them, by keyboard alone', async () => {
  const [alice, bob, cy] = await three();
  const groupId = await makeGroup(alice, bob, cy);
  const { page } = await ChatPage.open(alice, { groupId });
  const title = page.getByRole('button', { name: /Show members$/ });
  await title.getByText('3 members').waitFor();
  await title.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Members · 3' });
  await row(dialog, bob).waitFor();
  await page.keyboard.type('stone');
  await expect.poll(() => dialog.locator('[data-member]').count()).toBe(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Make admin' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await row(dialog, bob).getByText('Admin').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toBe('What to do with Bob Stone');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => title.evaluate((it) => it === document.activeElement)).toBe(true);
});

it('[CT2] adds people of other chats by name and others by id, and says what they will see', async () => {
  const [alice, bob, cy] = await three();
  await makeGroup(alice, bob);
  const groupId = await makeGroup(alice);
  const [hers, his] = [await ChatPage.open(alice, { groupId }), await ChatPage.open(cy)];
  const { page } = hers;
  const members = await openMembers(hers);
  await members.getByRole('button', { name: 'Add people' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add people' });
  await dialog.getByText('up to 100 of the last messages').waitFor();
  const search = dialog.getByRole('searchbox', { name: 'Name or user id' });
  await search.fill('stone');
  await dialog.getByRole('checkbox', { name: /Bob Stone/ }).check();
  await search.fill('no such id');
  await dialog.getByText('A user id has no spaces').waitFor();
  await search.fill(cy.userId);
  await dialog.getByRole('checkbox', { name: `Add the user id “${cy.userId}”` }).check();
  await dialog.getByRole('button', { name: 'Add 2 people' }).click();
  await dialog.waitFor({ state: 'detached' });
  await row(members, bob).waitFor();
  await row(members, cy).waitFor();
  await his.groupRow(groupId).waitFor();
});

it('[CT2] removes a member only after saying what happens to their receipts', async () => {
  const [alice, bob, cy] = await three();
  const groupId = await makeGroup(alice, bob, cy);
  const [hers, his] = await Promise.all([ChatPage.open(alice, { groupId }), ChatPage.open(bob)]);
  await his.groupRow(groupId).waitFor();
  const members = await openMembers(hers);
  await choose(members, bob, 'Remove from the chat');
  const question = hers.page.getByRole('dialog', { name: 'Remove Bob Stone?' });
  await question.getByText('What they have read stays counted').waitFor();
  await hers.page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await row(members, bob).waitFor();
  await choose(members, bob, 'Remove from the chat');
  await question.getByRole('button', { name: 'Remove' }).click();
  await row(members, bob).waitFor({ state: 'detached' });
  await his.groupRow(groupId).waitFor({ state: 'detached' });
});

it('[TR5] hands the chat over, then leaves; the new owner deletes it for everybody', async () => {
  const [alice, bob, cy] = await three();
  const groupId = await makeGroup(alice, bob, cy);
  const [hers, his] = await Promise.all([
    ChatPage.open(alice, { groupId }),
    ChatPage.open(bob, { groupId }),
  ]);
  const members = await openMembers(hers);
  await row(members, bob).waitFor();
  // The owner cannot leave: nothing is offered on their own row.
  expect(await row(members, alice).getByRole('button').count()).toBe(0);
  await choose(members, bob, 'Hand the chat over');
  await hers.page.getByText('You become an admin.').waitFor();
  await hers.page.getByRole('button', { name: 'Hand over' }).click();
  await row(members, bob).getByText('Owner').waitFor();
  await choose(members, alice, 'Leave the chat');
  await hers.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await hers.groupRow(groupId).waitFor({ state: 'detached' });
  await hers.page.getByText('Choose a chat').or(hers.page.getByText('No chats yet')).waitFor();

  await openMembers(his);
  await his.page.getByRole('button', { name: 'Delete the chat' }).click();
  await his.page.getByText('all 2 members').waitFor();
  await his.page.getByRole('button', { name: 'Delete', exact: true }).click();
  await his.groupRow(groupId).waitFor({ state: 'detached' });
});

it('a refusal is told in words of its own, and nothing changes', async () => {
  const [alice, bob, cy] = await three();
  const groupId = await makeGroup(alice, bob, cy);
  const chat = await ChatPage.open(alice, { groupId });
  const members = await openMembers(chat);
  await choose(members, bob, 'Remove from the chat');
  const message = 'userId: must match ^[A-Za-z0-9]{1,128}$';
  await chat.page.route('**/members/*', (route) =>
    route.fulfill({ status: 403, json: { error: { code: 'FORBIDDEN', message } } }),
  );
  const question = chat.page.getByRole('dialog', { name: 'Remove Bob Stone?' });
  await question.getByRole('button', { name: 'Remove' }).click();
  await question.getByText('You can remove people below your own role only.').waitFor();
  expect(await chat.page.getByText('must match').count()).toBe(0);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await row(members, bob).waitFor();
});

it('a member sees who is there, and is offered only to leave', async () => {
  const [alice, bob] = await three();
  const groupId = uniqueId('chat');
  const memberIds = Array.from({ length: 200 }, (_, i) => `guest-${String(i).padStart(3, '0')}`);
  await alice.post('/groups', { groupId, name: 'Big', memberIds: [...memberIds, bob.userId] });
  const chat = await ChatPage.open(bob, { groupId });
  await chat.page.getByText('202 members').waitFor();
  const members = await openMembers(chat);
  await members.locator('[data-member]').first().waitFor();
  // Only the rows in view are in the page.
  expect(await members.locator('[data-member]').count()).toBeLessThan(40);
  await members.getByRole('searchbox').fill('nobody of this name');
  await members.getByText('Nobody here is called “nobody of this name”.').waitFor();
  await members.getByRole('searchbox').fill('stone');
  await expect.poll(() => members.locator('[data-member]').count()).toBe(1);
  expect(await members.getByRole('button', { name: 'Add people' }).count()).toBe(0);
  await row(members, bob).getByRole('button').click();
  await chat.page.getByRole('menuitem').first().waitFor();
  expect(await chat.page.getByRole('menuitem').allTextContents()).toEqual(['Leave the chat']);
});

it('a chat is begun with people found by name, and is called after them', async () => {
  const [alice, bob] = await three();
  await makeGroup(alice, bob);
  const { page } = await ChatPage.open(alice);
  await page.getByRole('button', { name: 'New chat' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New chat' });
  await dialog.getByRole('checkbox', { name: /Bob Stone/ }).check();
  // In a direct chat there is one other person: the last one chosen.
  await dialog.getByRole('radio', { name: 'Direct chat' }).check();
  await dialog.getByRole('searchbox').fill('somebody.new');
  await dialog.getByRole('checkbox', { name: /somebody.new/ }).check();
  await dialog.getByRole('list', { name: '1 chosen' }).getByText('somebody.new').waitFor();
  await dialog.getByRole('radio', { name: 'Group' }).check();
  await dialog.getByRole('searchbox').fill('');
  await dialog.getByRole('checkbox', { name: /Bob Stone/ }).check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: /somebody.new, Bob Stone$/ }).waitFor();
  await page.getByText('3 members').waitFor();
});

it('says who is there: whoever writes is, and the header counts them', async () => {
  const [alice, bob] = await three();
  const groupId = await makeGroup(alice, bob);
  const chat = await ChatPage.open(alice, { groupId });
  await chat.page.getByText('2 members').waitFor();
  expect(await chat.page.getByText('online').count()).toBe(0);
  await chat.hasOpen(groupId);
  await bob.post(`/groups/${groupId}/messages`, { clientMessageId: 'a', content: 'I am here' });
  await chat.page.getByText('2 online').waitFor();
  const members = await openMembers(chat);
  await row(members, bob).getByRole('img', { name: 'Online' }).waitFor();
});

it('says who comes online and who goes', async () => {
  const [alice, bob] = await three();
  const groupId = await makeGroup(alice, bob);
  const chat = await ChatPage.open(alice, { groupId });
  await chat.page.getByText('2 members').waitFor();
  const members = await openMembers(chat);
  await row(members, alice).getByRole('img', { name: 'Online' }).waitFor();
  // Of those who come sooner it is told nothing.
  await chat.hasOpen(groupId);
  const his = await ChatPage.open(bob);
  const online = row(members, bob).getByRole('img', { name: 'Online' });
  await online.waitFor();
  await chat.page.getByText('2 online').waitFor();
  await his.page.close();
  await online.waitFor({ state: 'detached' });
  await chat.page.getByText('2 online').waitFor({ state: 'detached' });
});
