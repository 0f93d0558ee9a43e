import { setTimeout as wait } from 'node:timers/promises';
import { type Environment, SeenbyClient } from '@seenby/client';
import { between } from '../../../demo/simulator/random.ts';
import type { Screen } from '../checker/check-screens.ts';
import type { Outcome } from '../history/history-file.ts';
import type { WirePlace } from './wire-person.ts';

const loadLimit = 100;
const tryAgainMs = 500;
const maxReadingMs = 3000;

/** As an app does on a machine that is too busy to answer in time. */
async function untilItSucceeds(ask: () => Promise<unknown>): Promise<void> {
  while (
    !(await ask().then(
      () => true,
      () => false,
    ))
  ) {
    await wait(tryAgainMs);
  }
}

/** Somebody with the SDK who has a group on the screen, and reads in it whatever comes. */
export class SdkPerson {
  readonly userId: string;
  readonly groupId: string;
  readonly client: SeenbyClient;
  readonly #place: WirePlace;
  /** Requests that the SDK has taken, and not told the end of. */
  #open: ((ended: Outcome) => void)[] = [];
  readonly #seen = new Set<number>();

  constructor(
    { userId, groupId }: { userId: string; groupId: string },
    place: WirePlace,
    openSocket: Environment['openSocket'],
  ) {
    this.userId = userId;
    this.groupId = groupId;
    this.#place = place;
    const { urls, accounts } = place;
    this.client = new SeenbyClient({
      ...{ url: urls.wsUrl, httpUrl: urls.httpUrl, getToken: () => accounts.tokenOf(userId) },
      environment: { openSocket },
      // The group is opened below.
      prefetchGroups: 0,
    });
  }

  get group() {
    return this.client.group(this.groupId);
  }

  /** Connects, opens the group and begins to read. */
  async start(): Promise<void> {
    const { client, group, userId, groupId } = this;
    const name = `${userId} (SDK)`;
    client.on('read', ({ readSeq }) => {
      const showed = { event: 'showed', client: name, userId, groupId, readSeq } as const;
      this.#place.history.note({ ...showed, at: Date.now() });
    });
    client.on('gap', ({ fromSeq }) => void this.#load(fromSeq - 1));
    group.subscribeState(() => this.#readOn());
    group.subscribeState(() => this.#endAcknowledged());
    await untilItSucceeds(() => client.connect());
    await untilItSucceeds(() => group.history());
    await untilItSucceeds(() => group.subscribe());
  }

  async send(content: string): Promise<void> {
    const { userId, groupId, group } = this;
    const sending = group.send(content);
    const pending = group.messages.find((message) => message.content === content);
    const clientMessageId = pending?.clientMessageId ?? '';
    const act = { kind: 'send', clientMessageId, content } as const;
    const end = this.#place.history.begin({ userId, groupId, act });
    const ended = await sending;
    if (ended.outcome === 'sent') end({ outcome: 'ok', seq: ended.message.seq });
    else end({ outcome: 'unknown', why: ended.outcome === 'failed' ? ended.error.code : 'closed' });
  }

  /** Whether it is connected and has told the service all that it has to tell. */
  get isSettled(): boolean {
    const { client, group } = this;
    const isConnected = client.connection.state === 'connected';
    return isConnected && !group.hasPendingReceipts && this.unsent.length === 0;
  }

  /** Messages that are written and not stored, in the order in which they are sent. */
  get unsent(): readonly { state: string; createdAt: number }[] {
    return this.group.messages.filter(({ state }) => state !== 'sent');
  }

  screen(): Screen {
    const { userId, groupId, group } = this;
    const messages = group.messages.flatMap((message) =>
      message.state === 'sent' && !message.lost ? [message] : [],
    );
    const counts = messages.flatMap(({ seq }) => {
      const receipt = group.getReceipt(seq);
      if (!receipt) return [];
      const { read, delivered, unread, total } = receipt;
      return [[seq, { read, delivered, unread, total }]];
    });
    return {
      ...{ client: `${userId} (SDK)`, userId, groupId },
      messages: messages.map(({ seq, senderId, content }) => ({ seq, senderId, content })),
      ...{ readSeq: group.readSeq, unreadCount: group.countUnread() },
      counts: Object.fromEntries(counts),
    };
  }

  /** Reads each message once, some time after it has come. */
  #readOn(): void {
    const { group } = this;
    for (const message of group.messages) {
      if (message.state !== 'sent' || message.lost || this.#seen.has(message.seq)) continue;
      const { seq } = message;
      this.#seen.add(seq);
      setTimeout(() => this.#markSeen(seq), between(this.#place.random, 100, maxReadingMs));
    }
  }

  #markSeen(seq: number): void {
    const { userId, groupId, group } = this;
    const act = { kind: 'read', spans: [{ fromSeq: seq, toSeq: seq }] } as const;
    const end = this.#place.history.begin({
      userId,
      groupId,
      act: { ...act, spans: [...act.spans] },
    });
    group.markSeen([seq]);
    this.#open.push(end);
    this.#endAcknowledged();
  }

  /** The SDK tells of all reads together whether any is not confirmed. */
  #endAcknowledged(): void {
    if (this.#open.length === 0 || this.group.hasPendingReceipts) return;
    for (const end of this.#open.splice(0)) end({ outcome: 'ok' });
  }

  async #load(after: number): Promise<void> {
    const isLoaded = await this.group.history({ after, limit: loadLimit }).then(
      () => true,
      () => false,
    );
    if (!isLoaded) setTimeout(() => void this.#load(after), tryAgainMs);
  }
}
