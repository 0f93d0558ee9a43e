import { expect, it } from 'vitest';
import { User } from '../../../support/wire/user.ts';
import { ChatPage, titleOf } from '../chat-page.ts';
import { makeGroup, writeLines } from '../make-group.ts';

/** The pages of two people who have the same group open. */
const bothOpen = (alice: User, bob: User, groupId: string) =>
  Promise.all([ChatPage.open(alice, { groupId }), ChatPage.open(bob, { groupId })]);

it('[RD8] two people: what one writes the other reads by looking, and both see it counted', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  const [hers, his] = await bothOpen(alice, bob, groupId);
  await his.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  await hers.write('Noon at the corner?');
  await his.bubble('Noon at the corner?').waitFor();
  await hers.receiptStatus('Noon at the corner?', { read: 1, unread: 0 });
  await his.receiptStatus('Noon at the corner?', { read: 1, unread: 0 });
  const tick = hers.bubble('Noon at the corner?').getByRole('img', { name: 'Read by all' });
  await tick.waitFor();
});

it('reading is scrolling: the badge, the title and the counts of others follow', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await writeLines([alice], groupId, 30);
  const [hers, his] = await Promise.all([ChatPage.open(alice, { groupId }), ChatPage.open(bob)]);
  await titleOf(his, '(30) Seenby');
  await his.groupRow(groupId).click();
  await his.page.locator('[data-line="new"]').waitFor();
  await hers.receiptStatus('Line 1.', { read: 1, unread: 0 });
  await hers.receiptStatus('Line 30.', { read: 0, unread: 1 });
  const messages = his.page.getByRole('region', { name: 'Messages' });
  const bottom = his.bubble('Line 30.');
  const hasScrolledToTheEnd = async () => {
    await messages.evaluate((element) => element.scrollBy(0, 300));
    return isRead(bob, groupId);
  };
  // Slow enough to read what is in view.
  await expect.poll(hasScrolledToTheEnd, { interval: 700 }).toBe(true);
  await bottom.waitFor();
  await titleOf(his, 'Seenby');
  await hers.receiptStatus('Line 30.', { read: 1, unread: 0 });
  expect(await his.groupRow(groupId).locator('[data-unread]').count()).toBe(0);
});

async function isRead(user: User, groupId: string): Promise<boolean> {
  const { groups } = await user.get<{ groups: { groupId: string; unreadCount: number }[] }>(
    '/me/unread',
  );
  return groups.some((group) => group.groupId === groupId && group.unreadCount === 0);
}

it('opens at the first unread message, however far back, and jumps there again', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await writeLines([alice], groupId, 90);
  const his = await ChatPage.open(bob, { groupId });
  await his.page.locator('[data-line="new"]').waitFor();
  await his.bubble('Line 1.').waitFor();
  // In a window without the focus nothing is read: else the way back is gone half a second after the jump.
  await his.page.evaluate(() => {
    document.hasFocus = () => false;
  });
  await his.page.getByRole('button', { name: /^To \d+ new messages$/ }).click();
  await his.page.getByRole('button', { name: /\d unread$/ }).click();
  await expect.poll(() => his.bubble('Line 1.').isVisible()).toBe(true);
});

it('offline and back: what was written waits, says so, and is sent', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  const hers = await ChatPage.open(alice, { groupId });
  await hers.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  await hers.cut();
  await hers.write('Written in a tunnel');
  await hers.bubble('Written in a tunnel').getByRole('img', { name: 'Sending' }).waitFor();
  await hers.page.getByText('1 message waiting to be sent.').waitFor();
  const tryNow = hers.page.getByRole('button', { name: 'Try now' });
  await tryNow.waitFor();
  hers.restore();
  // The next attempt may begin by itself, just before the click.
  await tryNow.click({ timeout: 2000 }).catch(() => {});
  await hers.receiptStatus('Written in a tunnel', { read: 0, unread: 1 });
  await hers.page.locator('.connection-strip').waitFor({ state: 'detached' });
});

it('[RD7] marked unread, the badge comes back and stays until the user says so', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await writeLines([alice], groupId, 3);
  const [hers, his] = await bothOpen(alice, bob, groupId);
  await hers.receiptStatus('Line 3.', { read: 1, unread: 0 });
  await his.choose('Line 2.', 'Mark unread from here');
  await titleOf(his, '(2) Seenby');
  await his.groupRow(groupId).locator('[data-unread="2"]').waitFor();
  await his.page.getByText('nothing counts as read by looking at it').waitFor();
  await hers.receiptStatus('Line 2.', { read: 1, unread: 0 });
  await his.page.getByRole('button', { name: 'Mark as read' }).click();
  await titleOf(his, 'Seenby');
});

it('[UN3] a mention is chosen from the members and shows in the other’s list', async () => {
  const [alice, bob] = [await User.create('alice'), await User.create('bob', 'Bob Stone')];
  await bob.get('/me/unread');
  const groupId = await makeGroup(alice, bob);
  const [hers, his] = await Promise.all([ChatPage.open(alice, { groupId }), ChatPage.open(bob)]);
  const input = hers.page.getByRole('textbox', { name: 'Message', exact: true });
  await input.pressSequentially('Ask @bo');
  await hers.page.getByRole('listbox', { name: 'Mention' }).getByRole('option').first().click();
  await input.press('Enter');
  await hers.bubble('Ask @').locator('strong').waitFor();
  await his.groupRow(groupId).locator('[data-mentions="1"]').waitFor();
});

it('[MS4] a recalled message loses its text in both windows', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await writeLines([alice], groupId, 1);
  const [hers, his] = await bothOpen(alice, bob, groupId);
  await his.bubble('Line 1.').waitFor();
  await hers.choose('Line 1.', 'Recall');
  await hers.bubble('This message was recalled').waitFor();
  await his.bubble('This message was recalled').waitFor();
});

it('[MS4] a recall can be undone; leaving the page sends it', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  await writeLines([alice], groupId, 2);
  const [hers, his] = await bothOpen(alice, bob, groupId);
  await hers.choose('Line 1.', 'Recall');
  // The focus is on the button that undoes it, as it was on the one that did it.
  const undo = hers.page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await expect.poll(() => undo.evaluate((it) => it === document.activeElement)).toBe(true);
  await hers.page.keyboard.press('Enter');
  await hers.bubble('Line 1.').waitFor();

  await hers.choose('Line 2.', 'Recall');
  await undo.waitFor();
  await hers.page.goto('about:blank');
  await his.bubble('This message was recalled').waitFor();
  await his.bubble('Line 1.').waitFor();
});

it('shows who is writing', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  const [hers, his] = await bothOpen(alice, bob, groupId);
  await his.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  const composer = hers.page.getByRole('textbox', { name: 'Message', exact: true });
  // Nobody is told again of a key that was pressed before the other one had the group open.
  const isTold = async () => {
    await composer.press('m');
    return his.page.getByText(/is writing/).isVisible();
  };
  await expect.poll(isTold).toBe(true);
});
