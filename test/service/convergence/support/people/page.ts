import { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type {
  Environment,
  PageEvent,
} from '../../../../../packages/client/src/transport/environment.ts';
import type { VirtualTime } from '../../../../support/time/virtual-time.ts';
import type { Line } from '../network/line.ts';
import type { Network } from '../network/network.ts';
import { tokenFor } from '../network/tokens.ts';
import { isNotYet } from '../not-yet.ts';
import { seeded, seedOf } from '../seeded.ts';
import type { Device } from './device.ts';
import type { LiveLists } from './live-lists.ts';

const tokenLifeMs = 3_600_000;

export interface PageParts {
  seed: number;
  time: VirtualTime;
  network: Network;
  device: Device;
  userId: string;
  /** Messages whose content reached a page of the user, as `group seq`. */
  heard: Set<string>;
  /** Unlike that of any other page. */
  name: string;
}

/** One page from its loading to its end, with a client of its own. */
export class Page implements Line {
  readonly client: SeenbyClient;
  readonly name: string;
  readonly isCut: boolean;
  readonly #parts: PageParts;
  readonly #listeners = new Set<(event: PageEvent) => void>();
  /** What came while the page was asleep; undefined while it is awake. */
  #kept: (() => void)[] | undefined;
  isGone = false;
  /** What shows lists of groups that are on the screen, by group. */
  readonly live = new Map<string, LiveLists>();
  #afterArrival: () => void;

  constructor(parts: PageParts, afterArrival: (page: Page) => void = () => {}) {
    const { time, device, userId } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.isCut = !isNotYet('short hello') && !parts.name.includes('fresh');
    this.#afterArrival = () => afterArrival(this);
    this.client = new SeenbyClient({
      ...{ url: 'wss://service', httpUrl: 'https://service', storage: device.storage },
      getToken: () => tokenFor(userId, time.now + tokenLifeMs),
      environment: this.#environment(),
    });
  }

  isOffline(): boolean {
    return this.#parts.device.isOffline;
  }

  arrive(work: () => void): void {
    if (this.isGone) return;
    if (this.#kept) return void this.#kept.push(work);
    work();
    queueMicrotask(this.#afterArrival);
  }

  heard(text: string): void {
    for (const [, groupId, seq] of text.matchAll(messageIds)) {
      this.#parts.heard.add(`${groupId} ${seq}`);
    }
  }

  tell(event: PageEvent): void {
    for (const listener of [...this.#listeners]) this.arrive(() => listener(event));
  }

  /** The browser freezes the page: neither timers nor frames reach it. */
  sleep(): void {
    this.tell('hidden');
    this.#kept ??= [];
  }

  wake(): void {
    const { time } = this.#parts;
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    // Each is an event of its own: what it settles goes on before the next one.
    for (const work of kept) time.after(0, () => this.arrive(work));
    time.after(0, () => this.tell('visible'));
  }

  /** It is gone without a word; the browser ends its connections. */
  end(): void {
    this.isGone = true;
    for (const lists of this.live.values()) lists.end();
    this.#parts.network.cut(this, 'clean');
  }

  #environment(): Environment {
    const { seed, time, network, device, name } = this.#parts;
    let ids = 0;
    return {
      now: () => time.now,
      date: () => time.now + device.skewMs,
      random: seeded(seedOf(seed, name)),
      after: (ms, run) => time.after(ms, () => this.arrive(run)),
      newId: () => `${name}-${++ids}`,
      openSocket: (_url, protocols, handlers) => network.openSocket(this, protocols, handlers),
      fetch: network.fetchFor(this),
      onPage: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      openChannel: (channel, received) =>
        device.openChannel(channel, (message) => this.arrive(() => received(message))),
    };
  }
}

/** As whole messages have them, and no preview. */
const messageIds = /"messageId":"[^"]+","groupId":"([^"]+)","seq":(\d+)/g;
