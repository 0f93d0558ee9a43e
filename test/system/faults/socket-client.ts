import { setTimeout as wait } from 'node:timers/promises';
import type { CountsAnswer } from '@seenby/protocol/http-answers.ts';
import { ReferenceView } from '../../support/reference/reference-view.ts';
import { breachesOfFrame } from '../../support/wire/contract.ts';
import { callRoute, fetchToken } from '../../support/wire/http.ts';
import { type Frame, WireClient } from '../../support/wire/wire-client.ts';

export interface Urls {
  httpUrl: string;
  wsUrl: string;
}

const patienceMs = 3000;

/** A user with a group on the screen, over a real socket. It asks for counts when it comes back. */
export class SocketClient {
  readonly userId: string;
  readonly groupId: string;
  /** Undefined while it is away. */
  view: ReferenceView | undefined;
  lastSeq = 1;
  /** How many frames came by its connections. */
  received = 0;
  /** Frames of groups that this user is not a member of, or against the protocol. */
  readonly strange: Frame[] = [];
  readonly #urls: Urls;
  #token = '';
  #client: WireClient | undefined;
  #early: Frame[] = [];
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
        await this.#client?.closed;
      } catch {
        await wait(50);
      }
      this.#client?.vanish();
      this.view = undefined;
      this.#early = [];
    }
  }

  /** False when there was no answer, or one of failure. */
  async ask(frame: Parameters<WireClient['reply']>[0]): Promise<boolean> {
    const gaveUp = wait(patienceMs, 'lost' as const, { ref: false });
    const reply = await Promise.race([this.#client?.reply(frame) ?? 'lost', gaveUp]);
    return typeof reply !== 'string' && !reply.type.endsWith('error');
  }

  /** What the service says the counts are. */
  async truth(): Promise<ReferenceView> {
    const view = new ReferenceView();
    view.apply(await this.#fetchCounts());
    return view;
  }

  /** Lets the connection go; it comes back. */
  drop(): void {
    this.#client?.vanish();
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
    const view = new ReferenceView();
    view.apply(await this.#fetchCounts());
    for (const frame of this.#early) this.#apply(view, frame);
    this.view = view;
  }

  #fetchCounts(): Promise<CountsAnswer> {
    const url = `${this.#urls.httpUrl}/groups/${this.groupId}/receipts?from=1&to=1000`;
    return callRoute<CountsAnswer>(url, this.#token);
  }

  #receive(frame: Frame): void {
    this.received += 1;
    if (isOfGateway(frame)) return;
    const isOfOther = 'groupId' in frame && frame.groupId !== this.groupId;
    if (isOfOther || breachesOfFrame(frame).length > 0) this.strange.push(frame);
    if (frame.type === 'new_message') this.lastSeq = Math.max(this.lastSeq, frame.message.seq);
    if (this.view) this.#apply(this.view, frame);
    else this.#early.push(frame);
  }

  #apply(view: ReferenceView, frame: Frame): void {
    if (frame.type === 'read_status_update') view.apply(frame);
  }
}

/** What API Gateway says in place of a function that crashed; `ask` waits in vain then. */
const isOfGateway = (frame: object): boolean =>
  'message' in frame && frame.message === 'Internal server error' && 'connectionId' in frame;
