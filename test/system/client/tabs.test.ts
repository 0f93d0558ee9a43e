import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { SeenbyClient } from '../../../packages/client/src/seenby-client.ts';
import { openBrowser } from '../../support/browser.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { service } from '../../support/wire/service.ts';
import type { User } from '../../support/wire/user.ts';

const clientPath = fileURLToPath(new URL('../../../packages/client/src/index.ts', import.meta.url));
let script: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    ...{ entryPoints: [clientPath], bundle: true, format: 'iife', globalName: 'seenby' },
    write: false,
  });
  script = outputFiles[0]?.text ?? '';
});

interface TestWindow {
  seenby: typeof import('../../../packages/client/src/index.ts');
  client: SeenbyClient;
}

interface Tab {
  page: Page;
  /** Types of the frames this tab has sent. */
  sent: string[];
}

/** A tab of somebody's browser in which a client has the group open and its messages loaded. */
async function openTab(
  context: BrowserContext,
  user: User,
  groupId: string,
  random = 0,
): Promise<Tab> {
  const page = await context.newPage();
  const sent: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(JSON.parse(String(payload)).type));
  });
  const address = `${service.httpUrl}/tab`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(address);
  // Otherwise requests of a page that goes away would be held up and go with it.
  await page.unroute(address);
  await page.addScriptTag({ content: script });
  const { token } = user;
  const { wsUrl, httpUrl } = service;
  await page.evaluate(startClient, { groupId, token, wsUrl, httpUrl, random });
  return { page, sent };
}

interface Start {
  wsUrl: string;
  httpUrl: string;
  token: string;
  groupId: string;
  random: number;
}

async function startClient(to: Start): Promise<void> {
  const own = window as unknown as TestWindow;
  own.client = new own.seenby.SeenbyClient({
    ...{ url: to.wsUrl, httpUrl: to.httpUrl, getToken: () => to.token, storage: localStorage },
    environment: { random: () => to.random },
  });
  await own.client.connect();
  await own.client.group(to.groupId).subscribe();
  await own.client.group(to.groupId).history();
}

const unreadIn = ({ page }: Tab): Promise<number> =>
  page.evaluate(() => (window as unknown as TestWindow).client.totalUnread);

const markRead = ({ page }: Tab, groupId: string, upTo: number): Promise<void> =>
  page.evaluate(([id, seq]) => (window as unknown as TestWindow).client.group(id).markRead(seq), [
    groupId,
    upTo,
  ] as const);

async function threeMessages() {
  const { conversation, users } = await Conversation.among('alice', 'bob');
  const [alice, bob] = users;
  await conversation.sayMany(alice, 3);
  const context = await (await openBrowser()).newContext();
  return { conversation, alice, bob, context };
}

it('tabs of a user share what is read, and acknowledge a delivery once', async () => {
  const { conversation, alice, bob, context } = await threeMessages();
  // They wait for different times; which, is left to chance elsewhere.
  const one = await openTab(context, bob, conversation.groupId, 0);
  const two = await openTab(context, bob, conversation.groupId, 0.9);
  expect([await unreadIn(one), await unreadIn(two)]).toEqual([3, 3]);
  await one.page.waitForFunction(deliveryIsConfirmed, conversation.groupId);
  await two.page.waitForFunction(deliveryIsConfirmed, conversation.groupId);
  const before = [...one.sent, ...two.sent].filter((type) => type === 'mark_delivered').length;

  await conversation.say(alice);
  for (const { page } of [one, two]) {
    await page.waitForFunction(() => (window as unknown as TestWindow).client.totalUnread === 4);
    await page.waitForFunction(deliveryIsConfirmed, conversation.groupId);
  }
  const after = [...one.sent, ...two.sent].filter((type) => type === 'mark_delivered').length;
  expect(after - before).toBe(1);

  await markRead(one, conversation.groupId, 4);
  await two.page.waitForFunction(() => (window as unknown as TestWindow).client.totalUnread === 0);
  expect(two.sent).not.toContain('mark_read');
});

function deliveryIsConfirmed(groupId: string): boolean {
  return !(window as unknown as TestWindow).client.group(groupId).hasPendingReceipts;
}

it('what was read in the last moment leaves with the page', async () => {
  const { conversation, bob, context } = await threeMessages();
  const tab = await openTab(context, bob, conversation.groupId);
  // The first goes out at once; the second would wait for a second that the page does not have.
  await markRead(tab, conversation.groupId, 1);
  await expect.poll(() => tab.sent).toContain('mark_read');
  await markRead(tab, conversation.groupId, 3);
  await tab.page.goto('about:blank');
  await expect.poll(async () => (await conversation.status(bob)).readSeq).toBe(3);
  expect(tab.sent.filter((type) => type === 'mark_read')).toHaveLength(1);
});

it('[SY5] messages of a page that is gone are sent by the next one, each once', async () => {
  const { conversation, bob, context } = await threeMessages();
  const texts = ['one', 'two', 'three', 'four', 'five'];
  const tab = await openTab(context, bob, conversation.groupId);
  await tab.page.evaluate(
    ([groupId, contents]) => {
      const { client } = window as unknown as TestWindow;
      for (const content of contents) void client.group(groupId).send(content);
    },
    [conversation.groupId, texts] as const,
  );
  // Each waits for the answer to the one before: no page is so fast.
  await tab.page.close();

  const next = await openTab(context, bob, conversation.groupId);
  await next.page.waitForFunction((groupId) => {
    const { messages } = (window as unknown as TestWindow).client.group(groupId);
    return messages.length === 8 && messages.every(({ state }) => state === 'sent');
  }, conversation.groupId);
  const { messages } = await conversation.history(bob);
  expect(messages.slice(3).map(({ content }) => content)).toEqual(texts);
  const kept = await next.page.evaluate(() => JSON.stringify(localStorage));
  for (const text of texts) expect(kept).not.toContain(text);
});
