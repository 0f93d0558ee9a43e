import { setTimeout as wait } from 'node:timers/promises';
import type { Message, OwnState } from '@seenby/protocol/entities.ts';
import { pick, type Random } from '../../../demo/simulator/random.ts';
import type { Act } from '../history/events.ts';
import type { HistoryFile, Outcome } from '../history/history-file.ts';
import type { Urls } from '../parts/cloud-host.ts';
import type { CampaignGroup } from '../parts/groups.ts';
import type { Accounts } from './accounts.ts';
import { type HttpCall, request } from './http-request.ts';
import { type Mark, Reader } from './reader.ts';
import type { WirePerson } from './wire-person.ts';

/** So much of what is asked over HTTP is cut off before its answer. */
const cutShare = 0.02;
const maxCutAfterMs = 60;
const tryAgainMs = 800;
/** A mark is made once so much of the messages there are is unread, so that one covers many. */
const minUnreadShare = 0.4;
const candidates = 4;

export interface GroupPlace {
  urls: Urls;
  accounts: Accounts;
  history: HistoryFile;
  random: Random;
}

/** A group whose members send and read, as plain clients do. */
export class BusyGroup {
  readonly group: CampaignGroup;
  readonly wire = new Map<string, WirePerson>();
  readonly #readers: Reader[];
  readonly #place: GroupPlace;
  readonly #path: string;
  #isSending = true;
  lastSeq = 0;
  #sent = 0;
  #reads = 0;

  constructor(group: CampaignGroup, place: GroupPlace) {
    this.group = group;
    this.#place = place;
    this.#path = `${place.urls.httpUrl}/groups/${group.groupId}`;
    this.#readers = group.memberIds.map((userId) => new Reader(userId));
  }

  get receipts(): number {
    return this.#readers.reduce((sum, { receipts }) => sum + receipts, 0);
  }

  /** How many times a message was not read by a member. */
  get unread(): number {
    return this.#readers.length * this.lastSeq - this.#reads;
  }

  /** No more messages come: whatever is unread is worth a mark. */
  endSending(): void {
    this.#isSending = false;
  }

  /** Sends a message, again and again under the same id until it is acknowledged or refused. */
  async send(signal: AbortSignal): Promise<void> {
    const userId = pick(this.#place.random, this.group.memberIds);
    const clientMessageId = `m-${++this.#sent}`;
    const content = `${clientMessageId} of ${userId}`;
    for (;;) {
      const { outcome } = await this.#sendOnce(userId, { clientMessageId, content });
      if (outcome !== 'unknown' || signal.aborted) return;
      await wait(tryAgainMs * (1 + this.#place.random()));
    }
  }

  /** One member marks what it has not read; false when all have read nearly everything. */
  async mark(): Promise<boolean> {
    const { random } = this.#place;
    const some = Array.from({ length: candidates }, () => pick(random, this.#readers));
    const [reader] = some.sort(
      (one, other) => other.unreadOf(this.lastSeq) - one.unreadOf(this.lastSeq),
    );
    const minUnread = Math.max(1, this.#isSending ? this.lastSeq * minUnreadShare : 1);
    if (!reader || reader.unreadOf(this.lastSeq) < minUnread) return false;
    const mark = reader.chooseMark(this.lastSeq, random);
    const { outcome } = await this.#make(reader.userId, mark);
    if (outcome === 'ok') this.#reads += reader.acknowledged(mark);
    // Half of those who got no answer ask again at once, the others some time later.
    else if (outcome === 'unknown') await wait(tryAgainMs * random() * 2);
    return true;
  }

  /** Asks for what has to be refused: nothing of it may be stored. */
  async askInVain(strangerId: string): Promise<void> {
    const beyond = this.lastSeq + 1000;
    const all: Mark = { kind: 'read', upTo: beyond, spans: [{ fromSeq: 1, toSeq: beyond }] };
    const known: Mark = { ...all, upTo: 1, spans: [{ fromSeq: 1, toSeq: 1 }] };
    const { random } = this.#place;
    const chance = random();
    if (chance < 0.4) await this.#make(pick(random, this.group.memberIds), all);
    else if (chance < 0.7) await this.#make(strangerId, known);
    else {
      const clientMessageId = `v-${++this.#sent}`;
      await this.#sendOnce(strangerId, { clientMessageId, content: 'let me in' });
    }
  }

  /** The owner adds or removes the guest. */
  async changeGuest(kind: 'add' | 'remove'): Promise<Outcome['outcome']> {
    const { guestId = '', memberIds } = this.group;
    const path = `${this.#path}/members${kind === 'remove' ? `/${guestId}` : ''}`;
    const call = kind === 'add' ? { body: { memberIds: [guestId] } } : { method: 'DELETE' };
    const act = { kind, memberId: guestId };
    const ended = await this.#ask(memberIds[0] ?? '', act, path, call, () => ({}));
    return ended.outcome;
  }

  async #sendOnce(
    userId: string,
    message: { clientMessageId: string; content: string },
  ): Promise<Outcome> {
    const act: Act = { kind: 'send', ...message };
    const ended = await this.#ask<{ message: Message }>(
      ...([userId, act, `${this.#path}/messages`, { body: message }] as const),
      ({ message: { seq } }) => ({ seq }),
    );
    if (ended.outcome === 'ok') this.lastSeq = Math.max(this.lastSeq, ended.seq ?? 0);
    return ended;
  }

  async #make(userId: string, mark: Mark): Promise<Outcome> {
    const { kind, upTo, spans } = mark;
    const act: Act = { kind, spans };
    const target = upTo === undefined ? { ranges: spans } : { upTo };
    const person = this.wire.get(userId);
    if (person?.isConnected) return this.#markOnWire(person, act, target);
    return this.#ask<Partial<OwnState> & { deliveredSeq?: number }>(
      ...([userId, act, `${this.#path}/${kind}`, { body: target }] as const),
      ({ readSeq, deliveredSeq }) => ({
        ...(readSeq !== undefined && { readSeq }),
        ...(deliveredSeq !== undefined && { deliveredSeq }),
      }),
    );
  }

  #markOnWire(person: WirePerson, act: Act, target: object): Promise<Outcome> {
    const { userId, groupId } = person;
    return this.#place.history.run({ userId, groupId, act }, () =>
      person.ask(
        { type: act.kind === 'read' ? 'mark_read' : 'mark_delivered', groupId, ...target },
        (reply) => {
          if (reply.type === 'mark_read_confirmed')
            return { outcome: 'ok', readSeq: reply.readSeq };
          if (reply.type !== 'mark_delivered_confirmed') return undefined;
          return { outcome: 'ok', deliveredSeq: reply.deliveredSeq };
        },
      ),
    );
  }

  /** Nothing is noted of a request that is not made, for want of a token. */
  async #ask<T>(
    userId: string,
    act: Act,
    url: string,
    call: Pick<HttpCall, 'method' | 'body'>,
    read: (body: T) => object,
  ): Promise<Outcome> {
    const { accounts, history, random } = this.#place;
    const token = await accounts.tokenOf(userId).catch(() => undefined);
    if (token === undefined) return { outcome: 'unknown', why: 'no token' };
    const cutAfterMs = random() < cutShare ? Math.ceil(random() * maxCutAfterMs) : undefined;
    return history.run({ userId, groupId: this.group.groupId, act }, async () => {
      const ended = await request<T>({ url, token, cutAfterMs, ...call });
      return ended.outcome === 'ok' ? { outcome: 'ok', ...read(ended.body) } : ended;
    });
  }
}
