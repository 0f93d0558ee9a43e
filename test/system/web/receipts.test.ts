import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { ReceiptPage } from '../../../packages/client/src/index.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';
import { makeGroup } from './make-group.ts';

const people = 500;

async function writeOne(user: User, groupId: string, content: string): Promise<void> {
  await user.post(`/groups/${groupId}/messages`, { clientMessageId: uniqueId('m'), content });
}

async function openPanel(chat: ChatPage, content: string): Promise<void> {
  await chat.bubble(content).locator('seenby-read-by').getByRole('button').click();
  await chat.page.getByRole('complementary', { name: 'Receipts' }).waitFor();
}

it('[CT4] the panel shows who has read and when, live, and saves it as CSV', async () => {
  const [alice, bob, cy] = [
    await User.create('alice'),
    await User.create('bob'),
    await User.create('cy'),
  ];
  const groupId = await makeGroup(alice, bob, cy);
  await writeOne(alice, groupId, 'Who can come?');
  const chat = await ChatPage.open(alice, { groupId });
  await openPanel(chat, 'Who can come?');
  const { page } = chat;
  await page.getByRole('tab', { name: 'Not yet 2' }).click();
  await page.locator(`[data-user="${bob.userId}"]`).waitFor();

  await bob.post(`/groups/${groupId}/read`, { upTo: 1 });
  await page.getByRole('tab', { name: 'Read 1', exact: true }).click();
  const row = page.locator(`[data-user="${bob.userId}"]`);
  await row.waitFor();
  const { members } = await alice.get<ReceiptPage>(`/groups/${groupId}/messages/1/receipts`);
  const readAt = members.find(({ userId }) => userId === bob.userId)?.readAt ?? 0;
  expect(await row.locator('time').getAttribute('datetime')).toBe(new Date(readAt).toISOString());
  await page.locator('.panel').getByText('Median').waitFor();
  await page.getByRole('slider', { name: 'Reads over time' }).waitFor();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const csv = await readFile(await (await saving).path(), 'utf8');
  expect(csv.split('\r\n')).toContain(
    [bob.userId, '', ...[readAt, readAt].map((at) => new Date(at).toISOString()), '', '']
      .map((cell) => `"${cell}"`)
      .join(','),
  );

  await page.getByRole('tab', { name: 'Not yet 1' }).click();
  await page.getByRole('searchbox', { name: 'Search people' }).fill('nobody of this name');
  await page.getByText('Nobody found').waitFor();
});

it(`[CT7] a list of ${people} keeps only the rows in view in the page`, async () => {
  const alice = await User.create('alice');
  const groupId = uniqueId('chat');
  const memberIds = Array.from({ length: people - 1 }, (_, i) => uniqueId(`m${i}`));
  await alice.post('/groups', { groupId, name: 'Big', memberIds, tracking: 'receipts' });
  await writeOne(alice, groupId, 'Everybody here?');
  const chat = await ChatPage.open(alice, { groupId });
  await openPanel(chat, 'Everybody here?');
  await chat.page.getByRole('tab', { name: `Not yet ${people - 1}` }).click();
  await chat.page.locator('seenby-readers [data-user]').first().waitFor();
  expect(await chat.page.locator('seenby-readers [data-user]').count()).toBeLessThan(40);
  const last = memberIds.toSorted().at(-1) ?? '';
  // The list is longer once all of them are loaded.
  const showsLast = async () => {
    await chat.page
      .locator('seenby-readers [part="list"]')
      .evaluate((list) => list.scrollTo(0, list.scrollHeight));
    return chat.page.locator(`[data-user="${last}"]`).isVisible();
  };
  await expect.poll(showsLast).toBe(true);
  await chat.page.getByRole('searchbox', { name: 'Search people' }).fill(memberIds[250] ?? '');
  await expect.poll(() => chat.page.locator('seenby-readers [data-user]').count()).toBe(1);
});

it('[TR5] reminds those who have not read, says how many, and then waits five minutes', async () => {
  const [alice, bob] = [await User.create('alice'), await User.create('bob')];
  const groupId = await makeGroup(alice, bob);
  await writeOne(alice, groupId, 'Please confirm');
  const [hers, his] = await Promise.all([
    ChatPage.open(alice, { groupId }),
    ChatPage.open(bob, { groupId: uniqueId('elsewhere') }),
  ]);
  await his.groupRow(groupId).waitFor();
  await openPanel(hers, 'Please confirm');
  await hers.page.getByRole('button', { name: 'Remind 1 member' }).click();
  await hers.page.getByText('Reminded 1 member, 1 device at once.').waitFor();
  expect(await hers.page.getByRole('button', { name: /^Remind again in [45]:/ }).isDisabled()).toBe(
    true,
  );
  await his.page.getByText('asks you to read a message').waitFor();
  await his.page.getByRole('button', { name: 'Show' }).click();
  await hers.receiptStatus('Please confirm', { read: 1, unread: 0 });
});

it('[TR3] says so where the user may not see who has read', async () => {
  const [alice, bob] = [await User.create('alice'), await User.create('bob')];
  const groupId = uniqueId('chat');
  const group = { groupId, name: 'Team', memberIds: [bob.userId], tracking: 'receipts' };
  await alice.post('/groups', { ...group, visibility: 'sender' });
  await writeOne(alice, groupId, 'Only for me to count');
  const his = await ChatPage.open(bob, { groupId });
  await his.bubble('Only for me to count').waitFor();
  await his.choose('Only for me to count', 'Who has read it');
  await his.page.getByText('Who has read this message is private').waitFor();
});

it('[CT2] who has left is marked so, and stays with what they had read', async () => {
  const [alice, bob] = [await User.create('alice'), await User.create('bob')];
  const groupId = await makeGroup(alice, bob);
  await writeOne(alice, groupId, 'Farewell');
  await bob.post(`/groups/${groupId}/read`, { upTo: 1 });
  const hers = await ChatPage.open(alice, { groupId });
  await openPanel(hers, 'Farewell');
  await hers.hasOpen(groupId);
  await bob.call('DELETE', `/groups/${groupId}/members/${bob.userId}`);
  await hers.page.locator(`[data-user="${bob.userId}"]`).getByText('has left').waitFor();
});
