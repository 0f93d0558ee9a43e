import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { axeFindings } from '../../support/axe-findings.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';
import { makeGroup } from './make-group.ts';

interface Figures {
  messages: number;
  readRate: number;
  activeReaders: number;
}

async function write(user: User, groupId: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const clientMessageId = uniqueId('m');
    await user.post(`/groups/${groupId}/messages`, { clientMessageId, content: `Line ${i}` });
  }
}

async function openStatistics(chat: ChatPage): Promise<void> {
  await chat.page.getByRole('button', { name: 'Statistics' }).click();
  await chat.page.getByRole('dialog', { name: 'Statistics' }).waitFor();
}

it('[ST1] shows what the service counts: in total, by day and, to the owner, by member', async () => {
  const [alice, bob, cy] = (await User.createAll('alice', 'bob', 'cy')) as [User, User, User];
  await bob.call('PUT', '/me/profile', { name: '=Bob()' });
  const groupId = await makeGroup(alice, bob, cy);
  await write(alice, groupId, 4);
  await bob.post(`/groups/${groupId}/read`, { upTo: 4 });
  await cy.post(`/groups/${groupId}/read`, { upTo: 1 });
  const counted = await alice.get<Figures>(`/groups/${groupId}/stats`);
  expect(counted).toMatchObject({ messages: 4, readRate: 5 / 8, activeReaders: 2 });
  const chat = await ChatPage.open(alice, { groupId });
  const { page } = chat;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await openStatistics(chat);
  await page.locator('[data-figure="readRate"]').getByText('62%').waitFor();
  await page.locator('[data-figure="messages"]').getByText('4', { exact: true }).waitFor();
  await page.locator('[data-figure="activeReaders"]').getByText('2', { exact: true }).waitFor();
  const bars = page.locator('[data-day]');
  expect(await bars.count()).toBe(7);

  await bars.last().focus();
  await page.locator('.day-in-words').getByText('4 messages, 62% read').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('.day-in-words').getByText('no messages').waitFor();
  await page.getByRole('radio', { name: '30 days' }).check();
  await expect.poll(() => bars.count()).toBe(30);

  const names = page.locator('.table-frame tbody th');
  await expect.poll(() => names.count()).toBe(3);
  expect(await names.first().textContent()).toContain('=Bob()');
  // Of seven days, and of thirty.
  expect(asked.filter((url) => url.includes('/stats/members'))).toHaveLength(2);
  const head = page.getByRole('columnheader', { name: 'Could read' });
  await head.getByRole('button').press('Enter');
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  await head.getByRole('button').press('Enter');
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  expect(await names.first().textContent()).toMatch(/Alice/);
  expect(await axeFindings(page)).toEqual([]);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const csv = await readFile(await (await saving).path(), 'utf8');
  expect(csv).toContain(`"${bob.userId}","'=Bob()","4","4","1.0000",`);
});

it('the table of members has pages, whatever the service sends at once', async () => {
  const alice = await User.create('alice');
  const groupId = uniqueId('chat');
  const memberIds = Array.from({ length: 44 }, (_, i) => `guest-${String(i).padStart(3, '0')}`);
  await alice.post('/groups', { groupId, name: 'Big', memberIds });
  const chat = await ChatPage.open(alice, { groupId });
  await openStatistics(chat);
  const { page } = chat;
  await page.getByText('1–20 of 45').waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByText('41–45 of 45').waitFor();
  expect(await page.locator('.table-frame tbody tr').count()).toBe(5);
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByRole('button', { name: 'Member', exact: true }).click();
  await page.getByText('1–20 of 45').waitFor();
});

it('[TR3] says why there are none: positions, the visibility, and what is for the owner', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await write(alice, groupId, 1);
  const chat = await ChatPage.open(bob, { groupId });
  const { page } = chat;
  await openStatistics(chat);
  await page.getByText('Only the owner and admins see how each member reads.').waitFor();
  expect(await page.locator('.table-frame').count()).toBe(0);
  await page.keyboard.press('Escape');
  const says = async (change: object, text: string) => {
    await alice.call('PATCH', `/groups/${groupId}`, change);
    await expect
      .poll(async () => {
        await openStatistics(chat);
        await page.locator('.hidden-statistics, .figures').first().waitFor();
        const shown = await page.getByRole('dialog').textContent();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        return shown;
      })
      .toContain(text);
  };
  await says({ visibility: 'admins' }, 'Figures over all messages are for the owner and admins.');
  await says({ visibility: 'sender' }, 'only the sender sees who has read a message');
  await says({ tracking: 'positions' }, 'This chat keeps positions only');
});

it('what fails can be tried again', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  const chat = await ChatPage.open(alice, { groupId });
  const { page } = chat;
  const error = { code: 'TOO_MANY', message: 'There is too much to count in this span.' };
  await page.route('**/stats?*', (route) => route.fulfill({ status: 413, json: { error } }));
  await openStatistics(chat);
  await page.getByText('There is too much to count in this time. Choose fewer days.').waitFor();
  await page.unroute('**/stats?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-figure="messages"]').getByText('0', { exact: true }).waitFor();
});
