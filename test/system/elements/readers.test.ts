import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const html = `<div style="display: flex; height: 640px; width: 360px">
  <seenby-readers group-id="team" seq="1" style="flex: 1"></seenby-readers></div>`;

const panel = (page: Page) => page.locator('seenby-readers');
const tab = (page: Page, name: string) => page.getByRole('tab', { name });
const names = (page: Page) => panel(page).locator('li [part=name]').allTextContents();

async function openPanel(people?: readonly string[], options: object = {}): Promise<Page> {
  const page = await openElements({ html, ...options });
  await startGroup(page, people);
  await page.locator('seenby-readers[status=ready]').waitFor();
  return page;
}

/** Two have read it, the later one first; one has it; the others have not. */
async function openRead(options: object = {}): Promise<Page> {
  const page = await openPanel(undefined, options);
  await inGroup(page, (group) => {
    group.read(1, 1000, 'u1');
    group.read(1, 65_432, 'u5');
    group.deliver(1, 2000, 'u2');
  });
  await tab(page, 'Read 2').waitFor();
  return page;
}

describe('the panel', () => {
  it('lists by tabs who has read it, who has it, and who has not, with times to the millisecond', async () => {
    const page = await openRead({ timezoneId: 'UTC' });
    expect(await names(page)).toEqual(['<img src=x onerror=alert(1)>', 'Bob <b>Bold</b>']);
    expect(await panel(page).locator('li').first().locator('time').textContent()).toMatch(
      /Nov 27.*09:31:05\.432/,
    );
    expect(await panel(page).locator('li .delay').allTextContents()).toEqual([
      '+1 min 5 s',
      '+1 s',
    ]);
    await tab(page, 'Delivered 1').click();
    await expect.poll(() => names(page)).toEqual(['陈小明']);
    await tab(page, 'Not yet 2').click();
    await expect.poll(() => names(page)).toEqual(['=1+1', 'מאיה']);
    expect(await panel(page).locator('img, li b').count()).toBe(0);
  });

  it('moves people from tab to tab as they read', async () => {
    const page = await openRead();
    await inGroup(page, (group) => group.read(1, 70_000, 'u2', 'u3'));
    await tab(page, 'Read 4').waitFor();
    await tab(page, 'Delivered 0').waitFor();
    expect((await names(page)).toSorted()).toEqual(
      ['<img src=x onerror=alert(1)>', '=1+1', 'Bob <b>Bold</b>', '陈小明'].toSorted(),
    );
  });

  it('draws a row anew in its place when it is told of again', async () => {
    const page = await openRead();
    await inGroup(page, (group) => group.read(1, 70_000, 'u1', 'u5', 'u3'));
    await tab(page, 'Read 3').waitFor();
    const tops = () =>
      panel(page)
        .locator('li')
        .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).style.top));
    await expect.poll(tops).toEqual(['0px', '52px', '104px']);
    expect(await names(page)).toEqual(['=1+1', '<img src=x onerror=alert(1)>', 'Bob <b>Bold</b>']);
  });

  it('is moved through by keyboard, in the direction of the text', async () => {
    const page = await openRead();
    const focused = () =>
      page.evaluate(() => document.querySelector('seenby-readers')?.shadowRoot?.activeElement?.id);
    await tab(page, 'Read').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Delivered', selected: true }).waitFor();
    expect(await focused()).toBe('delivered');
    await page.keyboard.press('End');
    await expect.poll(focused).toBe('notYet');
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('read');
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toBe('delivered');
    await page.getByRole('tab', { name: 'Delivered', selected: true }).waitFor();
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.getByRole('searchbox').evaluate((box) => box.matches(':focus')))
      .toBe(true);
  });

  it('finds people by name and by id', async () => {
    const page = await openRead();
    await page.getByRole('searchbox', { name: 'Search people' }).fill('BOLD');
    await expect.poll(() => names(page)).toEqual(['Bob <b>Bold</b>']);
    await page.getByRole('searchbox').fill('u5');
    await expect.poll(() => names(page)).toEqual(['<img src=x onerror=alert(1)>']);
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('Nobody found').waitFor();
  });

  it('draws the curve up to those who have not read it, and answers for a moment', async () => {
    const page = await openRead();
    await page.getByText('3 not yet').waitFor();
    await page.getByText('Median 1 s').waitFor();
    const plot = page.getByRole('slider', { name: 'Reads over time' });
    expect(await plot.getAttribute('aria-valuetext')).toBe('2 of 5 have read it');
    await plot.focus();
    await page.keyboard.press('End');
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/^after 3 min .* · 40% · 2\/5$/);
    await page.keyboard.press('Home');
    expect(await plot.getAttribute('aria-valuetext')).toBe('after 0 ms · 0% · 0/5');
    const { x = 0, y = 0, width = 0 } = (await plot.boundingBox()) ?? {};
    await page.mouse.move(x + width * 0.5, y + 20);
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/^after .* · 20% · 1\/5$/);
    await inGroup(page, (group) => group.read(1, 100_000, 'u2', 'u3', 'u4'));
    await expect.poll(() => panel(page).locator('.not-yet').textContent()).toBe('');
  });

  it('saves all of it as a table that a spreadsheet cannot take for formulas', async () => {
    const page = await openRead();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('receipts-1.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    expect(text.startsWith('\ufeff"userId","name"')).toBe(true);
    expect(text.trim().split('\r\n')).toHaveLength(7);
    expect(text).toContain('"u5","<img src=x onerror=alert(1)>","2026-11-27T09:31:05.432Z"');
    expect(text).toContain(`"u3","'=1+1","","","",""`);
  });
});

describe('a reminder', () => {
  it('says how many were reached, and when it may be sent again', async () => {
    const page = await openRead();
    await page.evaluate(() =>
      document.addEventListener('seenby-reminded', (event) => {
        const { seq, reminded, reached } = (event as CustomEvent).detail;
        document.title = [seq, reminded, reached].join(' ');
      }),
    );
    await page.getByRole('button', { name: 'Remind 3 members' }).click();
    await page.getByText('Reminded 3 members, 1 device at once.').waitFor();
    const again = page.getByRole('button', { name: /Remind again in [45]:/ });
    expect(await again.isDisabled()).toBe(true);
    expect(await page.title()).toBe('1 3 1');
  });

  it('that came too soon waits as long as the service says', async () => {
    const page = await openRead();
    await inGroup(page, (group) => {
      group.refusal = { code: 'RATE_LIMITED', retryAfterMs: 90_000 };
    });
    await page.getByRole('button', { name: 'Remind 3 members' }).click();
    await page.getByText('A reminder was sent a moment ago.').waitFor();
    await page.getByRole('button', { name: /Remind again in 1:/ }).waitFor();
  });

  it('that failed can be sent again at once', async () => {
    const page = await openRead();
    await inGroup(page, (group) => {
      group.refusal = { code: 'OFFLINE' };
    });
    await page.getByRole('button', { name: 'Remind 3 members' }).click();
    await page.getByText('The reminder was not sent. Try again.').waitFor();
    expect(await page.getByRole('button', { name: 'Remind 3 members' }).isEnabled()).toBe(true);
  });

  it('is told of the message that it was for, and counts down in no panel that is gone', async () => {
    const page = await openRead();
    await page.evaluate(`
      group.say(2);
      group.remindUnread = () => new Promise((resolve) => { window.answer = resolve });
      window.told = [];
      window.panel = document.querySelector('seenby-readers');
      panel.addEventListener('seenby-reminded', ({ detail }) => told.push(detail.seq))`);
    await page.getByRole('button', { name: 'Remind 3 members' }).click();
    await page.evaluate('panel.seq = 2');
    await tab(page, 'Not yet 5').waitFor();
    await page.evaluate('panel.remove()');
    await expect.poll(() => inGroup(page, (group) => group.listenerCount)).toBe(0);
    const begun = await page.evaluate(`(async () => {
      let begun = 0;
      window.setInterval = () => begun++;
      panel.seq = 1;
      answer({ reminded: 3, reached: 1 });
      await new Promise((resolve) => setTimeout(resolve));
      return begun;
    })()`);
    expect([begun, await page.evaluate('told')]).toEqual([0, [1]]);
  });

  it('is there for the author, for admins and owners, and for nobody else', async () => {
    const page = await openRead();
    const isThere = () => page.getByRole('button', { name: /^Remind/ }).isVisible();
    expect(await isThere()).toBe(true);
    const as = (userId: string, role: 'member' | 'admin') =>
      page.evaluate(`client.userId = '${userId}'; group.role = '${role}'; group.changed()`);
    await as('u1', 'member');
    await expect.poll(isThere).toBe(false);
    await as('u1', 'admin');
    await expect.poll(isThere).toBe(true);
  });
});

describe('a panel without lists', () => {
  const set = (page: Page, state: object) =>
    page.evaluate((given) => {
      const { group } = window as unknown as { group: import('./fakes/fake-group.ts').FakeGroup };
      const store = group.watchReaders(1);
      store.set({ ...store.getSnapshot(), ...given });
    }, state);
  const others = { read: 0, unread: 0, delivered: 0, total: 0, ratio: 0 };
  const none = { read: [], delivered: [], notYet: [], others };

  it.each([
    [{ status: 'loading', ...none }, 'Loading …'],
    [{ status: 'offline', ...none }, 'No connection. It is tried again by itself.'],
    [{ status: 'offline' }, 'No connection. It is tried again by itself.'],
    [
      { status: 'refused', error: { code: 'FORBIDDEN' }, ...none },
      'Who has read this message is private.',
    ],
    [
      { status: 'refused', error: { code: 'NOT_FOUND' }, ...none },
      'This message is not there any more.',
    ],
    [{ status: 'ready', ...none }, 'Nobody has read it yet'],
  ])('says why: %j', async (state, text) => {
    const page = await openRead();
    await set(page, state);
    await page.getByText(text, { exact: true }).waitFor();
    // No numbers where none are known: "Read 0" would be one.
    const isKnown = state.status === 'ready' || !('others' in state);
    expect(await page.getByRole('tablist').isVisible()).toBe(isKnown);
  });
});

it('5,000 readers are fast: only those in view are in the page', async () => {
  const people = Array.from({ length: 5000 }, (_, i) => `Member ${String(i).padStart(4, '0')}`);
  const page = await openPanel(people);
  const drawnMs = await page.evaluate(async () => {
    const { group } = window as unknown as { group: import('./fakes/fake-group.ts').FakeGroup };
    const before = performance.now();
    group.read(1, 5000, ...group.people.slice(1).map(({ userId }) => userId));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - before;
  });
  await tab(page, 'Read 4999').waitFor();
  const rows = panel(page).locator('li');
  expect(await rows.count()).toBeLessThan(40);
  await panel(page)
    .locator('#list')
    .evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
  await expect.poll(async () => (await names(page)).at(-1)).toBe('Member 4999');
  expect(await rows.count()).toBeLessThan(40);
  expect(await rows.last().getAttribute('aria-posinset')).toBe('4999');
  await page.getByRole('searchbox').fill('Member 4321');
  await expect.poll(() => names(page)).toEqual(['Member 4321']);
  expect(drawnMs).toBeLessThan(2000);
});
