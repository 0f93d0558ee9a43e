import type { Message } from '@seenby/protocol/entities.ts';
import type { GroupHandle } from '../../packages/client/src/groups/group-handle.ts';
import { SeenbyClient } from '../../packages/client/src/seenby-client.ts';
import { until } from '../support/wire/until.ts';

interface Address {
  httpUrl: string;
  wsUrl: string;
  issueToken: (request: { userId: string }) => Promise<string>;
}

/** A user with the SDK, who has a group open and reads whatever comes. */
export class Person {
  readonly userId: string;
  readonly client: SeenbyClient;
  readonly group: GroupHandle;
  /** What the service said that it has: nothing of it may be lost. */
  readonly acknowledged: Message[] = [];
  /** Up to here the service confirmed that this user has read. */
  confirmedSeq = 0;
  readonly #sending: Promise<void>[] = [];

  constructor(userId: string, groupId: string, { httpUrl, wsUrl, issueToken }: Address) {
    this.userId = userId;
    this.client = new SeenbyClient({
      ...{ httpUrl, url: wsUrl },
      getToken: () => issueToken({ userId }),
    });
    this.group = this.client.group(groupId);
    this.group.on('message', () => this.group.markRead());
    this.client.subscribeState(() => this.#noteConfirmed());
  }

  async open(): Promise<void> {
    this.client.connect().catch(() => {});
    await this.until('a connection', () => this.client.connection.state === 'connected');
    await this.group.subscribe();
    await this.group.history();
    this.group.markRead();
  }

  /** Returns at once. The SDK tries until the service has taken it. */
  say(content: string): void {
    const sent = this.group.send(content).then((outcome) => {
      if (outcome.outcome !== 'sent')
        throw new Error(`"${content}" of ${this.userId} was not sent`);
      this.acknowledged.push(outcome.message);
    });
    // Whoever waits for it hears of the failure.
    sent.catch(() => {});
    this.#sending.push(sent);
  }

  /** Resolves once everything said is acknowledged. */
  async hasSaidAll(): Promise<void> {
    await Promise.all(this.#sending);
  }

  /** Resolves once the service has confirmed that this user has read up to there. */
  hasRead(seq: number): Promise<unknown> {
    return this.until(`${this.userId} having read ${seq}`, () => {
      this.#noteConfirmed();
      return this.confirmedSeq >= seq;
    });
  }

  /** Sends a message over HTTP, once: the code with which the service refuses it, or `OK`. */
  async post(clientMessageId: string): Promise<string> {
    const path = `/groups/${this.group.groupId}/messages`;
    const message = { clientMessageId, content: clientMessageId };
    return this.client.request<{ message: Message }>('POST', path, message).then(
      (answer) => {
        this.acknowledged.push(answer.message);
        return 'OK';
      },
      (error: { code: string }) => error.code,
    );
  }

  /** The code with which the service refuses a question, or `OK`. */
  async ask(): Promise<string> {
    return this.client.request('GET', '/me/unread').then(
      () => 'OK',
      (error: { code: string }) => error.code,
    );
  }

  until<R>(what: string, look: () => R | undefined | false): Promise<R> {
    return until(this.client, what, look);
  }

  #noteConfirmed(): void {
    if (this.group.hasPendingReceipts) return;
    this.confirmedSeq = Math.max(this.confirmedSeq, this.group.readSeq);
  }
}
