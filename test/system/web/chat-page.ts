import type {
  Browser,
  BrowserContextOptions,
  Locator,
  Page,
  WebSocketRoute,
} from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { service } from '../../support/wire/service.ts';
import type { User } from '../../support/wire/user.ts';

export interface ChatPageOptions extends BrowserContextOptions {
  groupId?: string;
  /** What the page gets of the simulator, which then starts: nothing, load groups only, or all of it. */
  simulator?: 'none' | 'loadGroups' | 'all';
}

/** The demo page in a browser of its own, used by a user as a person would. */
export class ChatPage {
  /** Opens the page for a user, with a group on the screen when one is given. */
  static async open(user: User, options: ChatPageOptions = {}): Promise<ChatPage> {
    const { groupId, simulator = 'none', ...context } = options;
    const browser: Browser = await openBrowser();
    const page = await (
      await browser.newContext({
        locale: 'en-US',
        viewport: { width: 1280, height: 800 },
        ...context,
      })
    ).newPage();
    const chat = new ChatPage(page, user);
    await chat.#wire();
    const hidden = { none: '**/dev/simulator/**', loadGroups: '**/dev/simulator/welcome', all: '' };
    if (hidden[simulator]) await page.route(hidden[simulator], (route) => route.abort());
    const hash = groupId === undefined ? '' : `#/g/${encodeURIComponent(groupId)}`;
    await page.goto(`${service.httpUrl}/?user=${user.userId}${hash}`);
    return chat;
  }

  readonly page: Page;
  readonly user: User;
  readonly #sockets = new Set<WebSocketRoute>();
  readonly #opened = new Set<string>();
  #isCut = false;

  private constructor(page: Page, user: User) {
    this.page = page;
    this.user = user;
  }

  /** Ends all connections, and lets none be made until `restore`. */
  async cut(): Promise<void> {
    this.#isCut = true;
    for (const socket of this.#sockets) await socket.close();
    this.#sockets.clear();
  }

  restore(): void {
    this.#isCut = false;
  }

  /** Waits until the service has told the page that it has the group open: what happens from then on it is told. */
  hasOpen(groupId: string): Promise<void> {
    return expect.poll(() => this.#opened.has(groupId)).toBe(true);
  }

  bubble(content: string): Locator {
    return this.page.locator('.bubble').filter({ hasText: content });
  }

  /** What a message shows of its readers, from the moment it does. */
  receiptStatus(content: string, expected: { read: number; unread: number }): Promise<void> {
    const { read, unread } = expected;
    return this.bubble(content).locator(`[data-read="${read}"][data-unread="${unread}"]`).waitFor();
  }

  groupRow(groupId: string): Locator {
    return this.page.locator(`[data-group="${groupId}"]`);
  }

  async write(content: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Message', exact: true }).fill(content);
    await this.page.getByRole('button', { name: 'Send' }).click();
  }

  /** Opens the menu of a message and takes one of its entries. */
  async choose(content: string, entry: string): Promise<void> {
    const bubble = this.bubble(content);
    await bubble.hover();
    await bubble.getByRole('button', { name: 'More' }).click();
    await this.page.getByRole('menu', { name: 'More' }).getByText(entry).click();
  }

  #note({ type, groupId }: { type?: string; groupId?: string }): void {
    if (type === 'subscription_confirmed' && groupId !== undefined) this.#opened.add(groupId);
  }

  async #wire(): Promise<void> {
    await this.page.routeWebSocket(/.*/, async (socket) => {
      if (this.#isCut) return socket.close();
      this.#sockets.add(socket);
      const server = socket.connectToServer();
      server.onMessage((frame) => {
        this.#note(JSON.parse(String(frame)));
        socket.send(frame);
      });
    });
    await this.page.route(/\/(groups|me)(\/|\?|$)/, (route) =>
      this.#isCut ? route.abort() : route.continue(),
    );
  }
}

export const titleOf = (chat: ChatPage, title: string): Promise<unknown> =>
  chat.page.waitForFunction((expected) => document.title === expected, title);
