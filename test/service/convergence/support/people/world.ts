import type { GroupHandle } from '../../../../../packages/client/src/groups/group-handle.ts';
import type {
  SendOptions,
  SendOutcome,
} from '../../../../../packages/client/src/timeline/messages.ts';
import type { TableDefinition } from '../../../../support/in-process/table-definition.ts';
import type { VirtualTime } from '../../../../support/time/virtual-time.ts';
import { Faults } from '../network/faults.ts';
import { Network } from '../network/network.ts';
import { RestorableService } from '../network/restorable-service.ts';
import { seeded, seedOf } from '../seeded.ts';
import type { Step, Story } from '../story.ts';
import { Device } from './device.ts';
import type { Page } from './page.ts';
import { Tab } from './tab.ts';

/** Who takes part: two devices share nothing but their user, two tabs of a device a storage as well. */
export const tabNames = [
  ...['ann.desk.1', 'ann.desk.2', 'ann.phone.1', 'bob.desk.1', 'bob.desk.2'],
  ...['bob.phone.1', 'cid.desk.1', 'cid.phone.1', 'dan.phone.1'],
] as const;

export const lonelyTabNames = ['ann.desk.1', 'bob.desk.1', 'cid.desk.1', 'dan.phone.1'] as const;

export const userIds = ['ann', 'bob', 'cid', 'dan'] as const;

const minDatabaseMs = 2;
const databaseSpreadMs = 6;

/** A message that somebody sent, and what their client said became of it. */
export interface SentByUser {
  tab: string;
  groupId: string;
  content: string;
  /** Undefined when nobody knew yet who the user is: such a message lives as long as its page. */
  clientMessageId: string | undefined;
  outcome?: SendOutcome;
}

/** The service, the network, and everyone's devices. */
export class World {
  readonly time: VirtualTime;
  readonly service: RestorableService;
  readonly faults: Faults;
  readonly network: Network;
  readonly sent: SentByUser[] = [];
  /** Badges that users put back, as the service confirmed. */
  putBack: { step: Step; fromSeq: number }[] = [];
  readonly #seed: number;
  readonly #heard = new Map<string, Set<string>>();
  /** What they had heard when the table was as a restore will bring it back. */
  #backedUp = new Map<string, Set<string>>();
  /** Messages that were stored, and of which a restored table knows nothing. */
  #lost: ReadonlySet<string> = new Set();
  readonly #devices = new Map<string, Device>();
  readonly #tabs = new Map<string, Tab>();
  readonly #afterArrival: (page: Page) => void;

  constructor(
    time: VirtualTime,
    story: Story,
    table: TableDefinition,
    afterArrival: (page: Page) => void,
  ) {
    const random = seeded(seedOf(story.seed, 'database'));
    const databaseMs = () => minDatabaseMs + Math.floor(random() * databaseSpreadMs);
    this.time = time;
    this.#seed = story.seed;
    this.#afterArrival = afterArrival;
    this.service = new RestorableService(time, table, databaseMs);
    this.faults = new Faults(story);
    this.network = new Network(time, this.service, this.faults);
  }

  /** Those that anybody has used. */
  get tabs(): Tab[] {
    return [...this.#tabs.values()];
  }

  tab(name: string): Tab {
    const known = this.#tabs.get(name);
    if (known) return known;
    const { time, network } = this;
    const device = this.#deviceOf(name);
    const heard = this.heardBy(name.split('.')[0] ?? '');
    const parts = { seed: this.#seed, time, network, device, heard };
    const tab = new Tab(name, parts, this.#afterArrival);
    this.#tabs.set(name, tab);
    return tab;
  }

  /** Messages whose content reached a user, as `group seq`. */
  heardBy(userId: string): Set<string> {
    const heard = this.#heard.get(userId) ?? new Set();
    this.#heard.set(userId, heard);
    return heard;
  }

  async send(tab: Tab, group: GroupHandle, options: SendOptions): Promise<void> {
    const content = `message ${this.sent.length + 1} of ${tab.name}`;
    const outcome = group.send(content, options);
    const isKept = tab.client?.userId !== undefined;
    const clientMessageId = isKept ? group.messages.at(-1)?.clientMessageId : undefined;
    const sent: SentByUser = { tab: tab.name, groupId: group.groupId, content, clientMessageId };
    this.sent.push(sent);
    sent.outcome = await outcome;
  }

  goOffline(device: Device): void {
    device.isOffline = true;
    for (const page of this.#pagesOn(device)) this.network.cut(page, 'half');
  }

  goOnline(device: Device): void {
    device.isOffline = false;
    for (const page of this.#pagesOn(device)) page.tell('online');
  }

  /** From now on everything works, and everyone looks, in a new page where the old one is gone. */
  heal(): void {
    this.faults.isHealed = true;
    for (const device of this.#devices.values()) this.goOnline(device);
    for (const { page } of this.tabs) page?.wake();
    for (const tab of this.tabs) void tab.load();
  }

  backUp(): void {
    this.service.backUp();
    const heard = [...this.#heard].map(([userId, seqs]) => [userId, new Set(seqs)] as const);
    this.#backedUp = new Map(heard);
  }

  /** What was stored since is lost. */
  async restore(): Promise<void> {
    this.#lost = await this.service.restore();
    this.putBack = [];
    for (const [userId, seqs] of this.#heard) {
      seqs.clear();
      for (const seq of this.#backedUp.get(userId) ?? []) seqs.add(seq);
    }
  }

  /** Whether a restore took away what may have been confirmed to its sender, on this page or another. */
  isLost(clientMessageId: string | undefined): boolean {
    return clientMessageId !== undefined && this.#lost.has(clientMessageId);
  }

  /** Everyone gets another connection, as they do every two hours. */
  reconnect(): void {
    for (const { page } of this.tabs) if (page) this.network.cut(page, 'clean');
  }

  #pagesOn(device: Device): Page[] {
    return this.tabs.filter((tab) => tab.device === device).flatMap(({ page }) => page ?? []);
  }

  #deviceOf(tabName: string): Device {
    const name = tabName.slice(0, tabName.lastIndexOf('.'));
    const device = this.#devices.get(name) ?? new Device(this.time);
    this.#devices.set(name, device);
    return device;
  }
}
