import { expect, it } from 'vitest';
import { User } from '../../../support/wire/user.ts';
import { ChatPage } from '../chat-page.ts';
import { makeGroup, writeAs, writeLines } from '../make-group.ts';

/** Alice's page, with so many lines that she has read. */
async function withLines(count: number): Promise<{ hers: ChatPage; bob: User; groupId: string }> {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const groupId = await makeGroup(alice, bob);
  // A member may do a hundred things a minute.
  await writeLines([alice, bob], groupId, count);
  await alice.post(`/groups/${groupId}/read`, { upTo: count });
  const hers = await ChatPage.open(alice, { groupId });
  await hers.bubble(`Line ${count}.`).waitFor();
  return { hers, bob, groupId };
}

/** How far above its end the list stands, in pixels. */
const awayFromEnd = ({ page }: ChatPage): Promise<number> =>
  page.locator('.messages').evaluate((list) => Math.abs(list.scrollTop));

const scrollBy = ({ page }: ChatPage, px: number): Promise<void> =>
  page.locator('.messages').evaluate((list, by) => list.scrollBy(0, by), px);

const topOf = async (chat: ChatPage, content: string): Promise<number> =>
  Math.round((await chat.bubble(content).boundingBox())?.y ?? Number.NaN);

it('follows new messages at the end', async () => {
  const { hers, bob, groupId } = await withLines(30);
  await writeAs(bob, groupId, 'Newest');
  await hers.bubble('Newest').waitFor();
  await expect.poll(() => awayFromEnd(hers)).toBe(0);
  // A pixel short of the end is at the end.
  await scrollBy(hers, -20);
  await writeAs(bob, groupId, 'Newer still');
  await hers.bubble('Newer still').waitFor();
  await expect.poll(() => awayFromEnd(hers)).toBe(0);
});

it('stays with what is being read, and says how many came meanwhile', async () => {
  const { hers, bob, groupId } = await withLines(30);
  await scrollBy(hers, -500);
  await hers.page.getByRole('button', { name: 'To the newest message' }).waitFor();
  const before = await topOf(hers, 'Line 12.');
  for (const content of ['While you', 'were reading']) await writeAs(bob, groupId, content);
  const button = hers.page.getByRole('button', { name: 'To 2 new messages' });
  await button.waitFor();
  await expect.poll(() => topOf(hers, 'Line 12.')).toBe(before);
  await button.click();
  await expect.poll(() => awayFromEnd(hers)).toBe(0);
  await button.waitFor({ state: 'detached' });
});

it('goes to the end for what one writes oneself', async () => {
  const { hers } = await withLines(30);
  await scrollBy(hers, -500);
  await hers.write('Mine');
  await hers.bubble('Mine').waitFor();
  await expect.poll(() => awayFromEnd(hers)).toBe(0);
});

it('stays in place while older messages are loaded above, down to the first one', async () => {
  const { hers } = await withLines(130);
  const first = hers.page.locator('[data-seq="1"]');
  expect(await first.count()).toBe(0);
  const top = () => hers.page.locator('.messages').evaluate((list) => list.scrollTo(0, -1e6));
  await top();
  const anchored = await topOf(hers, 'Line 40.');
  await first.waitFor({ state: 'attached' });
  await expect.poll(() => topOf(hers, 'Line 40.')).toBe(anchored);
  await top();
  await hers.page.getByText('This is where').waitFor();
});

it('lets nothing move while a chat is opened', async () => {
  const { hers } = await withLines(12);
  const moved = await hers.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const values = list.getEntries().map((entry) => ('value' in entry ? entry.value : 0));
          resolve(values.reduce((sum: number, value) => sum + Number(value), 0));
        });
        // Of the navigation there always is an entry: without a shift it is told of alone.
        for (const type of ['layout-shift', 'navigation'])
          observer.observe({ type, buffered: true });
      }),
  );
  expect(moved).toBe(0);
});

it('keeps what was being typed when one looks into another chat', async () => {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  const [here, there] = [await makeGroup(alice, bob), await makeGroup(alice, bob)];
  const hers = await ChatPage.open(alice, { groupId: here });
  const input = hers.page.getByRole('textbox', { name: 'Message', exact: true });
  await input.fill('Half a sen');
  await hers.groupRow(there).click();
  await expect.poll(() => input.inputValue()).toBe('');
  await hers.groupRow(here).click();
  await expect.poll(() => input.inputValue()).toBe('Half a sen');
});
