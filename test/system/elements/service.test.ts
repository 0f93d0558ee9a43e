import { expect, it } from 'vitest';
import type { GroupHandle, SeenbyClient } from '../../../packages/client/src/index.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { service } from '../../support/wire/service.ts';
import { openElements } from './element-page.ts';

const html = `
  <seenby-ticks group-id="GROUP" seq="1"></seenby-ticks>
  <seenby-read-by group-id="GROUP" seq="1"></seenby-read-by>
  <seenby-facepile group-id="GROUP" seq="1"></seenby-facepile>
  <seenby-badge group-id="GROUP"></seenby-badge>
  <div style="display: flex; height: 600px">
    <seenby-readers group-id="GROUP" style="flex: 1"></seenby-readers></div>`;

interface ServiceWindow {
  client: SeenbyClient;
  group: GroupHandle;
}

it('elements show what the real client learns of the real service', async () => {
  const { conversation, users } = await Conversation.among('alice', 'bob', 'cy');
  const [alice, bob, cy] = users;
  const { groupId } = conversation;
  const page = await openElements({
    url: `${service.httpUrl}/elements`,
    html: html.replaceAll('GROUP', groupId),
  });
  await page.evaluate(
    async ({ groupId, url, httpUrl, token }) => {
      const own = window as unknown as ServiceWindow & import('./element-page.ts').ElementWindow;
      own.client = new own.seenby.SeenbyClient({ url, httpUrl, getToken: () => token });
      own.seenby.provideClient(own.client);
      await own.client.connect();
      own.group = own.client.group(groupId);
      await own.group.subscribe();
      await own.group.send('Lunch?');
    },
    { groupId, url: service.wsUrl, httpUrl: service.httpUrl, token: alice.token },
  );
  await page.locator('seenby-ticks[status=sent]').waitFor();
  await page.locator('seenby-read-by[data-read="0"][data-unread="2"]').waitFor();
  await page.locator('seenby-readers').evaluate((panel) => panel.setAttribute('seq', '1'));
  await page.getByRole('tab', { name: 'Not yet 2' }).waitFor();

  await conversation.read(bob, 1);
  await page.locator('seenby-read-by[data-read="1"]').waitFor();
  await page.getByRole('tab', { name: 'Read 1' }).waitFor();
  await page.locator(`seenby-readers li[data-user="${bob.userId}"] time`).waitFor();
  await page.locator('seenby-facepile[data-count="1"]').waitFor();
  await page.getByText('1 not yet').waitFor();
  await page.locator('seenby-read-by').getByRole('button').hover();
  await page.getByRole('tooltip').locator('li').first().waitFor();

  await page.getByRole('button', { name: 'Remind 1 member' }).click();
  await page.getByText('Reminded 1 member. Nobody is online: they will see it later.').waitFor();

  await conversation.read(cy, 1);
  await page.locator('seenby-ticks[status=read]').waitFor();
  await page.locator('seenby-facepile[data-count="2"]').waitFor();
  await conversation.say(bob);
  await page.locator('seenby-badge[data-unread="1"]').waitFor();
  await page.evaluate(() => (window as unknown as ServiceWindow).client.close());
  expect(await page.locator('seenby-readers').getAttribute('status')).not.toBe('refused');
});
