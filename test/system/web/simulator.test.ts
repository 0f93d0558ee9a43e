import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';

const members = 8;

it('[PU4] two panes agree to the last count, whatever was cut, doubled and reordered', async () => {
  const user = await User.create('author');
  const { page } = await ChatPage.open(user, { simulator: 'loadGroups' });
  await page.getByRole('button', { name: 'Simulator' }).click();
  await page.getByRole('slider', { name: /Members/ }).fill(String(members));
  await page.getByRole('button', { name: 'Start' }).click();
  const author = page.getByRole('region', { name: 'Author', exact: true });
  const reader = page.getByRole('region', { name: 'Reader', exact: true });
  await author.locator('.bubble.own').getByText('№ 1', { exact: true }).waitFor();
  await reader.locator('.bubble.other').getByText('№ 1', { exact: true }).waitFor();

  await page.locator('[data-latency="reader"] b').waitFor();
  for (const pane of [author, reader]) {
    await pane.getByRole('button', { name: 'Duplicate frames' }).click();
    await pane.getByRole('button', { name: 'Reorder frames' }).click();
  }
  await write(author, 'Doubled and shuffled');
  await reader.getByText('Doubled and shuffled').waitFor();
  await author.getByRole('button', { name: 'Disconnect' }).click();
  await author.locator('.lamp:not([data-state="connected"])').waitFor();
  await write(author, 'Written while cut off');
  await author.getByRole('img', { name: 'Waiting to be sent' }).first().waitFor();
  await author.getByRole('button', { name: 'Connect again' }).click();
  await reader.getByText('Written while cut off').waitFor();

  await page.getByRole('checkbox', { name: /author writes/ }).uncheck();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByText(/Everyone has read everything/).waitFor();
  // The reader looks on beside the simulated members.
  const everyone = `Read ${members + 1} · Unread 0`;
  for (const pane of [author, reader]) {
    await expect.poll(async () => new Set(await countsIn(pane))).toEqual(new Set([everyone]));
    expect((await countsIn(pane)).length).toBeGreaterThan(2);
  }
});

it('a new user finds a group that is alive, and sees counts move without typing', async () => {
  const chat = await ChatPage.open(await User.create('nora'), { simulator: 'all' });
  const statuses = chat.page.locator('.bubble [data-read]');
  await statuses.first().waitFor();
  const shown = () => statuses.evaluateAll((counts) => counts.map(({ dataset: { read } }) => read));
  const before = await shown();
  await expect.poll(shown).not.toEqual(before);
});

async function write(pane: Locator, content: string): Promise<void> {
  await pane.getByRole('textbox', { name: 'Message', exact: true }).fill(content);
  await pane.getByRole('button', { name: 'Send' }).click();
}

const countsIn = (pane: Locator): Promise<string[]> =>
  pane
    .locator('[data-read]')
    .evaluateAll((counts) =>
      counts.map(({ dataset: { read, unread } }) => `Read ${read} · Unread ${unread}`),
    );
