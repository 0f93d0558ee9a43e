import { setTimeout as wait } from 'node:timers/promises';
import type { OwnState } from '@seenby/protocol/entities.ts';
import { type Frame, type Request, WireClient } from '../../support/wire/wire-client.ts';
import type { HistoryFile, Outcome } from '../history/history-file.ts';
import type { Urls } from '../parts/cloud-host.ts';
import type { Accounts } from './accounts.ts';
import { refusedOrUnknown } from './http-request.ts';
import { OwnStateView } from './own-state-view.ts';

const replyTimeoutMs = 15_000;
const comeBackMs = 500;

export interface WirePlace {
  urls: Urls;
  accounts: Accounts;
  history: HistoryFile;
  random: () => number;
}

/** Somebody with a plain client that comes back whenever its connection has ended. */
export class WirePerson {
  readonly userId: string;
  readonly groupId: string;
  readonly #place: WirePlace;
  /** Whether every frame of the group is noted: of those who are not always in it. */
  readonly #isGuest: boolean;
  readonly #view = new OwnStateView();
  #client: WireClient | undefined;
  #isClosed = false;
  connects = 0;

  constructor(
    { userId, groupId, isGuest }: { userId: string; groupId: string; isGuest: boolean },
    place: WirePlace,
  ) {
    this.userId = userId;
    this.groupId = groupId;
    this.#isGuest = isGuest;
    this.#place = place;
  }

  /** Connects again and again until `close`. */
  async stayConnected(): Promise<void> {
    const { random } = this.#place;
    while (!this.#isClosed) {
      const client = await this.#connect().catch(() => undefined);
      this.#client = client;
      await client?.closed;
      this.#client = undefined;
      await wait(comeBackMs * (1 + 2 * random()));
    }
  }

  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  /** How a request ended; `accept` reads the acknowledgement. */
  async ask(frame: Request, accept: (reply: Frame) => Outcome | undefined): Promise<Outcome> {
    const client = this.#client;
    if (!client) return { outcome: 'unknown', why: 'not connected' };
    const timeout = wait(replyTimeoutMs, 'timeout' as const, { ref: false });
    const reply = await Promise.race([client.reply(frame), timeout]);
    if (reply === 'lost') return { outcome: 'unknown', why: 'connection lost' };
    if (reply === 'timeout') {
      client.vanish();
      return { outcome: 'unknown', why: 'no reply' };
    }
    if (reply.type === 'error') return refusedOrUnknown(reply.code, 'error');
    return accept(reply) ?? { outcome: 'unknown', why: `answered by ${reply.type}` };
  }

  /** Ends the connection without a word. */
  vanish(): void {
    this.#client?.vanish();
  }

  close(): void {
    this.#isClosed = true;
    this.vanish();
  }

  async #connect(): Promise<WireClient> {
    const { urls, accounts } = this.#place;
    const token = await accounts.tokenOf(this.userId);
    const client = await WireClient.open(urls.wsUrl, token, (frame) => this.#receive(frame));
    this.connects += 1;
    await client.reply({ type: 'hello' });
    await client.reply({ type: 'subscribe_group', groupId: this.groupId });
    return client;
  }

  #receive(frame: Frame): void {
    const { history } = this.#place;
    if (frame.type === 'connection_established') {
      for (const group of frame.groups) this.#apply(group);
    } else if ('stateVersion' in frame) this.#apply(frame);
    const isOfGroup = 'groupId' in frame && frame.groupId === this.groupId;
    // What answers a request, a refusal included, is no push.
    if (!this.#isGuest || !isOfGroup || frame.requestId !== undefined) return;
    const { userId, groupId } = this;
    const { type, timestamp: sentAt } = frame;
    history.note({ event: 'received', at: Date.now(), userId, groupId, type, sentAt });
  }

  #apply(state: OwnState): void {
    if (this.#isGuest || state.groupId !== this.groupId) return;
    const readSeq = this.#view.apply(state);
    if (readSeq === undefined) return;
    const { userId, groupId } = this;
    const client = `${userId} (wire)`;
    this.#place.history.note({ event: 'showed', at: Date.now(), client, userId, groupId, readSeq });
  }
}
