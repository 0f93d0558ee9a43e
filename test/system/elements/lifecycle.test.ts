import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const tags = ['seenby-ticks', 'seenby-read-by', 'seenby-badge', 'seenby-readers'];
const html = `<div id="one">${tags.map((tag) => `<${tag} group-id="team" seq="1"></${tag}>`).join('')}</div>
  <div id="two" lang="zh"></div>`;

const listeners = (page: Page): Promise<number> => inGroup(page, (group) => group.listenerCount);

it('an element that is moved goes on, and one that is taken out holds nothing', async () => {
  const page = await openElements({ html });
  await startGroup(page);
  await expect.poll(() => listeners(page)).toBe(tags.length);
  await page.evaluate('two.append(...one.children)');
  await page.locator('#two seenby-ticks svg[aria-label="已发送"]').waitFor();
  expect(await listeners(page)).toBe(tags.length);
  await inGroup(page, (group) => group.read(1, 1000, 'u1', 'u2', 'u3', 'u4', 'u5'));
  await page.locator('#two seenby-ticks[status=read]').waitFor();
  await page.evaluate('window.taken = [...two.children]; two.replaceChildren()');
  await expect.poll(() => listeners(page)).toBe(0);
  await page.evaluate('one.append(...window.taken)');
  await expect.poll(() => listeners(page)).toBe(tags.length);
  await page.locator('#one seenby-ticks svg[aria-label="Read by all"]').waitFor();
});

it('an element listens to one group at a time', async () => {
  const page = await openElements({
    html: '<seenby-ticks group-id="team" seq="1"></seenby-ticks>',
  });
  await startGroup(page);
  await expect.poll(() => listeners(page)).toBe(1);
  await page.evaluate(`
    window.other = new seenby.FakeGroup('other', [{ userId: 'a' }, { userId: 'b' }]);
    other.say(1);
    other.deliver(1, 1, 'b');
    document.querySelector('seenby-ticks').group = other`);
  await page.locator('seenby-ticks[status=delivered]').waitFor();
  expect(await listeners(page)).toBe(0);
  await page.evaluate("document.querySelector('seenby-ticks').group = undefined");
  await page.locator('seenby-ticks[status=sent]').waitFor();
  expect([await listeners(page), await page.evaluate('other.listenerCount')]).toEqual([1, 0]);
});

it('properties that were set before the element was known are taken over', async () => {
  const page = await openElements({ html: '<p></p>' });
  await startGroup(page);
  // Made in a document without a window: no element is defined there.
  const before = await page.evaluate(`(() => {
    const made = document.implementation.createHTMLDocument().createElement('seenby-ticks');
    made.group = group;
    made.seq = 1;
    window.made = made;
    return made.status === undefined;
  })()`);
  expect(before).toBe(true);
  await page.evaluate("document.querySelector('p').append(made)");
  await page.locator('seenby-ticks[status=sent][seq="1"]').waitFor();
  expect(await page.evaluate('Object.keys(made)')).toEqual([]);
});

it('a client of the nearest root is taken, out of shadow roots as well', async () => {
  const page = await openElements({ html: '<div id="outer"><div id="inner"></div></div>' });
  await startGroup(page);
  await page.evaluate(`
    const root = inner.attachShadow({ mode: 'open' });
    root.append(Object.assign(document.createElement('seenby-badge'), { groupId: 'team' }));
    const client = new seenby.FakeClient();
    client.group('team').unread = 4;
    seenby.provideClient(client, outer)`);
  await page.locator('seenby-badge[data-unread="4"]').waitFor();
});
