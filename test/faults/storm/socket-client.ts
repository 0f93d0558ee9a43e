import { setTimeout as wait } from 'node:timers/promises';
import { callRoute, fetchToken, type Received, WireClient } from '../../../bench/wire-client.ts';
import type { CountRange } from '../../../protocol/entities.ts';
import { NaiveView } from './naive-view.ts';

export interface Urls {
  httpUrl: string;
  wsUrl: string;
}

interface Counted {
  version: number;
  counts: CountRange[];
}

const patienceMs = 3000;

/** A user with a group on the screen, over a real socket. It asks for counts when it comes back. */
export class SocketClient {
  readonly userId: string;
  readonly groupId: string;
  /** Undefined while it is away. */
  view: NaiveView | undefined;
  lastSeq = 1;
  /** Frames of groups that this user is not a member of. */
  readonly strange: Received[] = [];
  readonly #urls: Urls;
  #token = '';
  #client: WireClient | undefined;
  #early: Received[] = [];
  #isWanted = true;

  constructor(userId: string, groupId: string, urls: Urls) {
    this.userId = userId;
    this.groupId = groupId;
    this.#urls = urls;
  }

  /** Stays connected until it is closed, however often the connection ends. */
  async live(): Promise<void> {
    this.#token = await fetchToken(this.#urls.httpUrl, this.userId);
    while (this.#isWanted) {
      try {
        await this.#connect();
        await this.#client?.ended;
      } catch {
        await wait(50);
      }
      this.#client?.close();
      this.view = undefined;
      this.#early = [];
    }
  }

  /** False when there was no answer, or one of failure. */
  async ask(frame: Parameters<WireClient['request']>[0]): Promise<boolean> {
    const gaveUp = wait(patienceMs, 'lost' as const, { ref: false });
    const reply = await Promise.race([this.#client?.request(frame) ?? 'lost', gaveUp]);
    return typeof reply !== 'string' && !reply.type.endsWith('error');
  }

  /** What the service says the counts are. */
  async truth(): Promise<NaiveView> {
    const view = new NaiveView();
    view.apply(await this.#fetchCounts());
    return view;
  }

  /** Lets the connection go; it comes back. */
  drop(): void {
    this.#client?.close();
  }

  close(): void {
    this.#isWanted = false;
    this.drop();
  }

  async #connect(): Promise<void> {
    const { wsUrl } = this.#urls;
    this.#client = await WireClient.open(wsUrl, this.#token, (frame) => this.#receive(frame));
    const hello = await this.ask({ type: 'hello' });
    const subscribed = await this.ask({ type: 'subscribe_group', groupId: this.groupId });
    if (!hello || !subscribed) throw new Error('no answer');
    const view = new NaiveView();
    view.apply(await this.#fetchCounts());
    for (const frame of this.#early) this.#apply(view, frame);
    this.view = view;
  }

  #fetchCounts(): Promise<Counted> {
    const url = `${this.#urls.httpUrl}/groups/${this.groupId}/receipts?from=1&to=1000`;
    return callRoute<Counted>(url, this.#token);
  }

  #receive(frame: Received): void {
    if ('groupId' in frame && frame.groupId !== this.groupId) this.strange.push(frame);
    if (frame.type === 'new_message') this.lastSeq = Math.max(this.lastSeq, frame.message.seq);
    if (this.view) this.#apply(this.view, frame);
    else this.#early.push(frame);
  }

  #apply(view: NaiveView, frame: Received): void {
    if (frame.type === 'read_status_update') view.apply(frame);
  }
}
