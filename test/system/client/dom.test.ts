import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';

const domPath = fileURLToPath(new URL('../../../packages/client/src/dom/dom.ts', import.meta.url));
let script: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    ...{ entryPoints: [domPath], bundle: true, format: 'iife', globalName: 'dom' },
    write: false,
  });
  script = outputFiles[0]?.text ?? '';
});

/** What the page of these tests has in its window. */
interface TestWindow {
  dom: typeof import('../../../packages/client/src/dom/dom.ts');
  seen: number[];
  isSuspended: boolean;
  changed: () => void;
  stop: () => void;
  item: (seq: number, height: number) => HTMLElement;
}

/** A list three messages high that holds messages of these heights; time stands still. */
async function openList(heights: readonly number[]): Promise<Page> {
  const browser = await openBrowser();
  const page = await (
    await browser.newContext({ viewport: { width: 400, height: 600 } })
  ).newPage();
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await page.setContent('<div id="list" style="height: 300px; overflow-y: auto"></div>');
  await page.addScriptTag({ content: script });
  await page.evaluate(startTracking, heights);
  return page;
}

function startTracking(heights: readonly number[]): void {
  const own = window as unknown as TestWindow;
  const list = document.querySelector('#list') as HTMLElement;
  own.seen = [];
  own.item = (seq, height) => {
    const item = document.createElement('div');
    item.dataset.seq = String(seq);
    item.style.height = `${height}px`;
    return item;
  };
  list.append(...heights.map((height, i) => own.item(i + 1, height)));
  own.stop = own.dom.trackReads(
    {
      markSeen: (seqs) => own.seen.push(...seqs),
      get isReadingSuspended() {
        return own.isSuspended;
      },
      subscribeState: (listener) => {
        own.changed = listener;
        return () => {};
      },
    },
    list,
  );
}

const scrollTo = async (page: Page, top: number): Promise<void> => {
  await page.evaluate(async (to) => {
    const list = document.querySelector('#list') as HTMLElement;
    const heard = new Promise((resolve) =>
      list.addEventListener('scroll', resolve, { once: true }),
    );
    list.scrollTop = to;
    await heard;
  }, top);
};

const seenIn = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as TestWindow).seen.toSorted((a, b) => a - b));

const tenMessages = Array.from({ length: 10 }, () => 100);

describe('trackReads', () => {
  it('takes as read what is in view for half a second, and not before', async () => {
    const page = await openList(tenMessages);
    await page.clock.runFor(499);
    expect(await seenIn(page)).toEqual([]);
    await page.clock.runFor(1);
    expect(await seenIn(page)).toEqual([1, 2, 3]);
    await page.clock.runFor(60_000);
    expect(await seenIn(page)).toEqual([1, 2, 3]);
  });

  it('leaves unread what is scrolled over, and what shows less than half', async () => {
    const page = await openList(tenMessages);
    await scrollTo(page, 200);
    await page.clock.runFor(300);
    await scrollTo(page, 640);
    await page.clock.runFor(600);
    // From 640 to 940: of 7 a good half is in view, of 10 less.
    expect(await seenIn(page)).toEqual([7, 8, 9]);
  });

  it('takes a message taller than the view as read once its end is seen', async () => {
    const page = await openList([1000, 100]);
    await page.clock.runFor(5000);
    await scrollTo(page, 600);
    await page.clock.runFor(5000);
    expect(await seenIn(page)).toEqual([]);
    await scrollTo(page, 700);
    await page.clock.runFor(600);
    expect(await seenIn(page)).toEqual([1]);
  });

  it('begins anew with a message that leaves before its time', async () => {
    const page = await openList(tenMessages);
    await page.clock.runFor(400);
    await scrollTo(page, 700);
    await page.clock.runFor(200);
    await scrollTo(page, 0);
    await page.clock.runFor(400);
    expect(await seenIn(page)).toEqual([]);
    await page.clock.runFor(300);
    expect(await seenIn(page)).toEqual([1, 2, 3]);
  });

  it('sees messages that come, and keeps its patience when the list is drawn anew', async () => {
    const page = await openList([100]);
    await page.clock.runFor(300);
    await page.evaluate(() => {
      const { item } = window as unknown as TestWindow;
      document.querySelector('#list')?.replaceChildren(item(1, 100), item(2, 100));
    });
    await page.clock.runFor(200);
    expect(await seenIn(page)).toEqual([1]);
    await page.clock.runFor(400);
    expect(await seenIn(page)).toEqual([1, 2]);
  });

  it('sees nothing in a page without the focus', async () => {
    const page = await openList(tenMessages);
    // A headless browser has the focus whatever happens.
    const setFocus = (hasFocus: boolean) =>
      page.evaluate((has) => {
        document.hasFocus = () => has;
        window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
      }, hasFocus);
    await page.clock.runFor(400);
    await setFocus(false);
    await page.clock.runFor(5000);
    expect(await seenIn(page)).toEqual([]);
    await setFocus(true);
    await page.clock.runFor(600);
    expect(await seenIn(page)).toEqual([1, 2, 3]);
  });

  it('[RD7] sees nothing while reading is suspended, nor after its end', async () => {
    const page = await openList(tenMessages);
    await page.evaluate(() => {
      (window as unknown as TestWindow).isSuspended = true;
    });
    await page.clock.runFor(5000);
    expect(await seenIn(page)).toEqual([]);
    await page.evaluate(() => {
      const own = window as unknown as TestWindow;
      own.isSuspended = false;
      own.changed();
    });
    await page.clock.runFor(700);
    expect(await seenIn(page)).toEqual([1, 2, 3]);
    await page.evaluate(() => (window as unknown as TestWindow).stop());
    await scrollTo(page, 700);
    await page.clock.runFor(5000);
    expect(await seenIn(page)).toEqual([1, 2, 3]);
  });
});
