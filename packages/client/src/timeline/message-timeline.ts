import { type Range, type RangeSet, sizeOf } from '@seenby/core/ranges/range-set.ts';
import type { CountedMessage, Message } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { Session } from '../session/session.ts';
import { queryOf } from '../transport/http.ts';
import { isPassing, SeenbyError, toSeenbyError } from '../transport/seenby-error.ts';
import { Throttle } from '../transport/throttle.ts';
import { LoadedMessages } from './loaded-messages.ts';
import type { HistoryPage, HistoryQuery } from './messages.ts';
import { RecallCheck } from './recall-check.ts';

export interface TimelineEvents {
  /** Messages that were pushed, or fetched because their push was missed. */
  arrived(messages: readonly Message[]): void;
  /** Any messages that are now loaded, with the counts they came with. */
  loaded(messages: readonly CountedMessage[]): void;
  missed(fromSeq: number, toSeq: number): void;
  /** A message turned out to be recalled whose content is loaded. */
  recalled(seq: number, isTold: false): void;
  /** The user may see something else than is known here. */
  turned(): void;
}

/** Pushes overtake each other: what seems to be missing is often a moment away. */
const overtakenMs = 200;
/** A seq without a message is being stored, or was lost in a crash and is empty half a minute later. */
const maxEmptyAnswers = 7;
/** What was recalled since is loaded again once for many recalls, and by each client at another time. */
const recallsMs = 1000;
const maxFetched = 500;
const pageLimit = 100;
const keptWhenClosed = 200;

/** The messages of a group as they arrive, without gaps: what a push did not bring is fetched. */
export class MessageTimeline {
  readonly loaded = new LoadedMessages();
  lastSeq = 0;
  /** Who is told; there before anything comes. */
  declare events: TimelineEvents;
  /** The newest page was loaded before anybody asked for it: it is what is asked for first all the same. */
  isPrefetched = false;
  /** Whether it is known where the group stood when this client came to it. */
  isPlaced = false;
  readonly #session: Session;
  readonly #path: string;
  readonly #filling: Throttle;
  #emptyAnswers = 0;
  #failures = 0;
  #failedChecks = 0;
  #recalls = new RecallCheck();
  readonly #checking: Throttle;
  /** Grows when all is forgotten: what was asked for before is not taken. */
  #round = 0;
  /** How many of the newest messages are to be there as soon as it is known which they are. */
  reloaded = 0;

  constructor(session: Session, groupId: string) {
    const { host } = session;
    this.#session = session;
    this.#filling = new Throttle({ host, run: () => this.#fill() });
    this.#checking = new Throttle({ host, run: () => this.#checkRecalls() });
    this.#path = `/groups/${toPathSegment(groupId)}/messages`;
  }

  /** A message that was pushed. */
  receive(message: Message): void {
    this.lastSeq = Math.max(this.lastSeq, message.seq);
    if (!this.loaded.get(message.seq)) this.#recalls.pushed(message.seq);
    this.#arrive([message]);
    this.#fillSoon(overtakenMs);
    this.#checkRecallsSoon();
  }

  /** What the service says of recalls and other turns (`turnsIn`), with a last seq: one may have been missed. */
  noteTurns(turns: number, lastSeq: number): void {
    this.#recalls.tell(turns, lastSeq);
    this.#checkRecallsSoon();
  }

  /** A message was recalled; answers it, if it is loaded. `isTold`: by a push, not by what was fetched. */
  recall(seq: number, isTold: boolean): Message | undefined {
    if (isTold && this.loaded.hasContent(seq)) this.#recalls.recalled();
    return this.loaded.recall(seq);
  }

  /** There are messages up to here: those not loaded after ones that are have been missed. */
  noteLastSeq(lastSeq: number): void {
    if (!this.isPlaced) this.loaded.expectFrom(Math.max(1, lastSeq + 1 - this.reloaded));
    this.reloaded = 0;
    this.isPlaced = true;
    this.lastSeq = Math.max(this.lastSeq, lastSeq);
    this.#fillSoon(0);
  }

  async history(query: HistoryQuery = {}): Promise<HistoryPage> {
    const { firstSeq } = this.loaded;
    const oldest = firstSeq < Infinity && !this.isPrefetched ? firstSeq : undefined;
    this.isPrefetched = false;
    const { after, limit = 50 } = query;
    const before = after === undefined ? (query.before ?? oldest) : undefined;
    const { messages } = await this.#fetch({ before, after, limit });
    this.#takeNewer(this.#load(messages));
    const hasMore = messages.length === limit && (after !== undefined || messages[0]?.seq !== 1);
    return { messages: messages.filter(({ lost }) => !lost).map(withoutCounts), hasMore };
  }

  /** Nobody looks at it any more. */
  trim(): void {
    const oldest = this.loaded.messages.at(-keptWhenClosed);
    if (oldest) this.loaded.keepFrom(oldest.seq);
  }

  stop(): void {
    this.#filling.cancel();
    this.#checking.cancel();
  }

  /** Forgets everything: the user is in the group no more. */
  clear(): void {
    this.stop();
    this.loaded.forget();
    this.#recalls = new RecallCheck();
    this.lastSeq = 0;
    this.isPlaced = false;
    this.#round += 1;
  }

  get #missing(): RangeSet {
    return this.loaded.missing(this.lastSeq);
  }

  #fillSoon(delayMs: number): void {
    if (this.#missing.length > 0) this.#filling.request(delayMs);
  }

  /** Answers how long the next one has to wait, if there is to be one. */
  async #fill(): Promise<number | undefined> {
    const [gap] = this.#missing;
    if (!gap) return undefined;
    const round = this.#round;
    try {
      if (sizeOf(this.#missing) > maxFetched) await this.#beginAnew();
      else await this.#fillFrom(gap.from, gap.to);
      this.#failures = 0;
    } catch (cause) {
      if (round === this.#round) this.#failed(gap, toSeenbyError(cause));
    }
    // Without a connection the next one tells what is missing.
    const isOver = this.#failures > 0 && !this.#session.isConnected;
    if (isOver || this.#missing.length === 0) return undefined;
    return pauseMs(Math.max(this.#emptyAnswers, this.#failures));
  }

  #failed({ from, to }: Range, error: SeenbyError): void {
    if (isPassing(error)) this.#failures += 1;
    else this.loaded.skip(from, to);
  }

  async #fillFrom(from: number, to: number): Promise<void> {
    const limit = Math.min(pageLimit, to - from + 1);
    const { messages } = await this.#fetch({ after: from - 1, limit });
    this.loaded.skip(from, (messages[0]?.seq ?? 0) - 1);
    this.#arrive(messages);
    // What is being stored comes a moment later. An answer without anything new is as good as none.
    const isEmpty = !this.loaded.hasReceived(from);
    this.#emptyAnswers = isEmpty ? this.#emptyAnswers + 1 : 0;
    if (this.#emptyAnswers < maxEmptyAnswers) return;
    this.#emptyAnswers = 0;
    this.loaded.skip(from, to);
  }

  /** More was missed than is worth fetching: what is loaded ends here, and the newest page begins. */
  async #beginAnew(): Promise<void> {
    const missing = this.#missing;
    const { messages } = await this.#fetch({ limit: pageLimit });
    this.loaded.clear();
    this.#load(messages);
    const first = Math.min(this.loaded.firstSeq, this.lastSeq + 1);
    const from = missing[0]?.from ?? first;
    if (from < first) this.events.missed(from, first - 1);
  }

  /** A page that was fetched may bring what a push is still on its way with. */
  #takeNewer(fresh: readonly Message[]): void {
    const newer = this.isPlaced ? fresh.filter(({ seq }) => seq > this.lastSeq) : [];
    this.lastSeq = Math.max(this.lastSeq, this.loaded.lastSeq);
    if (newer.length > 0) this.events.arrived(newer);
  }

  #arrive(messages: readonly CountedMessage[]): void {
    const fresh = this.#load(messages);
    if (fresh.length > 0) this.events.arrived(fresh);
  }

  #load(messages: readonly CountedMessage[]): Message[] {
    for (const { seq, recalled } of messages) {
      if (recalled && this.loaded.hasContent(seq)) this.events.recalled(seq, false);
    }
    const there = messages.filter(({ lost }) => !lost);
    const fresh = this.loaded.add(messages.map(withoutCounts));
    this.events.loaded(there);
    return fresh;
  }

  #checkRecallsSoon(): void {
    if (this.#recalls.isDue) this.#checking.request(this.#untilCheckMs());
  }

  #untilCheckMs(): number {
    return (recallsMs + pauseMs(this.#failedChecks)) * (1 + this.#session.host.random());
  }

  /**
   * Loads once more what is loaded. What was recalled meanwhile comes without content, and what comes no
   * more is from before the user left and came back, or has expired.
   */
  async #checkRecalls(): Promise<number | undefined> {
    if (!this.#recalls.isDue) return undefined;
    this.events.turned();
    this.#recalls.restart();
    const round = this.#round;
    try {
      const { messages } = this.loaded;
      const last = messages.at(-1)?.seq ?? 0;
      const first = messages[0]?.seq ?? 1;
      for (let after = first - 1; after < last; ) {
        const page = await this.#fetch({ after, limit: pageLimit });
        if (after < first) this.loaded.keepFrom(page.messages[0]?.seq ?? last + 1);
        this.#arrive(page.messages);
        after = page.messages.at(-1)?.seq ?? last;
      }
      this.#failedChecks = 0;
    } catch {
      if (round !== this.#round) return undefined;
      this.#failedChecks += 1;
      this.#recalls.fetched(-1);
    }
    const goesOn = this.#session.isConnected && this.#recalls.isDue;
    return goesOn ? this.#untilCheckMs() : undefined;
  }

  async #fetch(
    query: Record<string, number | undefined>,
  ): Promise<AnswerOf<'GET /groups/{groupId}/messages'>> {
    const round = this.#round;
    const { known } = this.#recalls;
    const page = await this.#session.http.request<AnswerOf<'GET /groups/{groupId}/messages'>>(
      ...(['GET', this.#path + queryOf(query)] as const),
    );
    if (round !== this.#round) throw new SeenbyError('NOT_FOUND', 'Closed');
    this.#recalls.fetched(known);
    return page;
  }
}

/** Longer after each attempt, half a minute at most. */
const pauseMs = (attempts: number): number => (attempts > 0 ? 250 * 2 ** Math.min(attempts, 7) : 0);

function withoutCounts(message: CountedMessage): Message {
  const { readCount: _r, unreadCount: _u, deliveredCount: _d, totalCount: _t, ...rest } = message;
  return rest;
}
