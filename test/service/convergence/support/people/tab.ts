import type { GroupHandle } from '../../../../../packages/client/src/groups/group-handle.ts';
import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type { Device } from './device.ts';
import { LiveLists } from './live-lists.ts';
import { Page, type PageParts } from './page.ts';

const openAgainMs = 2000;
const historyLimit = 100;
const untilReloadedMs = 500;

/** A tab as an app uses it: it connects, and opens groups on its screen. */
export class Tab {
  readonly name: string;
  readonly userId: string;
  readonly device: Device;
  page: Page | undefined;
  readonly #parts: Omit<PageParts, 'name'>;
  readonly #afterArrival: (page: Page) => void;
  readonly #open = new Set<string>();
  #pages = 0;

  constructor(
    name: string,
    parts: Omit<PageParts, 'name' | 'userId'>,
    afterArrival: (page: Page) => void = () => {},
  ) {
    this.name = name;
    this.userId = name.split('.')[0] ?? '';
    this.device = parts.device;
    this.#parts = { ...parts, userId: this.userId };
    this.#afterArrival = afterArrival;
  }

  get client(): SeenbyClient | undefined {
    return this.page?.client;
  }

  get openGroups(): string[] {
    return [...this.#open];
  }

  /** Loads the app; `settled` hears of what it does. */
  load(): Promise<unknown> {
    if (this.page) return Promise.resolve();
    const page = new Page({ ...this.#parts, name: `${this.name}.${++this.#pages}` }, (here) =>
      this.#afterArrival(here),
    );
    this.page = page;
    this.#followReturns(page);
    const opened = [...this.#open].map((groupId) => this.#show(page, groupId));
    // It goes on trying by itself when an attempt fails.
    return Promise.all([page.client.connect().catch(() => {}), ...opened]);
  }

  /** The user closes it; the app says goodbye, or has no time for it. */
  close(how: 'close' | 'crash'): void {
    const { page } = this;
    this.page = undefined;
    page?.wake();
    page?.tell('hidden');
    if (how === 'close') page?.client.close();
    page?.end();
  }

  async reload(how: 'close' | 'crash'): Promise<void> {
    this.close(how);
    await this.#parts.time.wait(untilReloadedMs);
    await this.load();
  }

  async open(groupId: string): Promise<void> {
    if (this.#open.has(groupId)) return;
    this.#open.add(groupId);
    if (this.page) await this.#show(this.page, groupId);
  }

  async shut(groupId: string): Promise<void> {
    this.page?.live.get(groupId)?.end();
    this.page?.live.delete(groupId);
    if (this.#open.delete(groupId)) await this.client?.group(groupId).unsubscribe();
  }

  async #show(page: Page, groupId: string): Promise<void> {
    const group = page.client.group(groupId);
    if (!page.live.has(groupId)) page.live.set(groupId, new LiveLists(group, this.userId));
    const isWanted = () => this.page === page && this.#open.has(groupId);
    // Refused before the user came in, it is opened after.
    const isWorthIt = (code: string) => passing.has(code) || group.status !== undefined;
    await this.#until(isWanted, isWorthIt, async () => group.isOpen || group.subscribe());
    await this.#until(isWanted, isWorthIt, () => group.history({ limit: historyLimit }));
  }

  /** Again and again, unless the service refuses. */
  async #until(
    isWanted: () => boolean,
    isWorthIt: (code: string) => boolean,
    act: () => Promise<unknown>,
  ): Promise<void> {
    while (isWanted()) {
      const code = await act().then(
        () => undefined,
        (error: { code?: string }) => error.code,
      );
      if (code === undefined || !isWorthIt(code)) return;
      await this.#parts.time.wait(openAgainMs);
    }
  }

  /** Who is back in a group that is on the screen sees its messages again. */
  #followReturns(page: Page): void {
    const known = new Set<string>();
    page.client.subscribeState(() => {
      for (const groupId of this.#open) {
        const group: GroupHandle = page.client.group(groupId);
        const isNew = group.status !== undefined && !known.has(groupId);
        if (group.status === undefined) known.delete(groupId);
        else known.add(groupId);
        if (isNew) void this.#show(page, groupId);
      }
    });
  }
}

const passing = new Set(['OFFLINE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL', 'CLOSED']);
