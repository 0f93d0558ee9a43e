import { type RangeSet, sizeOf } from '@seenby/core/ranges/range-set.ts';
import type { CountedMessage, Message } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { Session } from '../session/session.ts';
import type { Off } from '../transport/emitter.ts';
import { queryOf } from '../transport/http.ts';
import { isPassing, toSeenbyError } from '../transport/seenby-error.ts';
import { LoadedMessages } from './loaded-messages.ts';
import type { HistoryPage, HistoryQuery } from './messages.ts';

export interface TimelineEvents {
  /** Messages that were pushed, or fetched because their push was missed. */
  arrived(messages: readonly Message[]): void;
  /** Any messages that are now loaded, with the counts they came with. */
  loaded(messages: readonly CountedMessage[]): void;
  missed(fromSeq: number, toSeq: number): void;
}

/** Pushes overtake each other: what seems to be missing is often a moment away. */
const overtakenMs = 200;
/** A seq without a message is being stored, or was lost in a crash and is empty half a minute later. */
const maxEmptyAnswers = 7;
const maxFetched = 500;
const pageLimit = 100;
const keptWhenClosed = 200;

/** The messages of a group as they arrive, without gaps: what a push did not bring is fetched. */
export class MessageTimeline {
  readonly loaded = new LoadedMessages();
  lastSeq = 0;
  /** Whether it is known where the group stood when this client came to it. */
  isPlaced = false;
  readonly #session: Session;
  readonly #path: string;
  readonly #events: TimelineEvents;
  #cancelFilling: Off | undefined;
  #isFilling = false;
  #emptyAnswers = 0;

  constructor(session: Session, groupId: string, events: TimelineEvents) {
    this.#session = session;
    this.#path = `/groups/${toPathSegment(groupId)}/messages`;
    this.#events = events;
  }

  /** A message that was pushed. */
  receive(message: Message): void {
    this.lastSeq = Math.max(this.lastSeq, message.seq);
    this.#arrive([message]);
    this.#fillSoon(overtakenMs);
  }

  /** There are messages up to here: those not loaded after ones that are have been missed. */
  noteLastSeq(lastSeq: number): void {
    if (!this.isPlaced) this.loaded.expectFrom(lastSeq + 1);
    this.isPlaced = true;
    this.lastSeq = Math.max(this.lastSeq, lastSeq);
    this.#fillSoon(0);
  }

  async history(query: HistoryQuery = {}): Promise<HistoryPage> {
    const { after, limit = 50 } = query;
    const before = after === undefined ? (query.before ?? this.loaded.firstSeq) : undefined;
    const { messages } = await this.#fetch({ before, after, limit });
    this.#takeNewer(this.#load(messages));
    const hasMore = messages.length === limit && (after !== undefined || messages[0]?.seq !== 1);
    return { messages: messages.map(withoutCounts), hasMore };
  }

  /** Nobody looks at it any more. */
  trim(): void {
    this.loaded.keepNewest(keptWhenClosed);
  }

  stop(): void {
    this.#cancelFilling?.();
    this.#cancelFilling = undefined;
  }

  get #missing(): RangeSet {
    return this.loaded.missing(this.lastSeq);
  }

  #fillSoon(delayMs: number): void {
    if (this.#isFilling || this.#cancelFilling) return;
    if (this.#missing.length === 0) return;
    this.#cancelFilling = this.#session.environment.after(delayMs, () => void this.#fill());
  }

  async #fill(): Promise<void> {
    this.#cancelFilling = undefined;
    const [gap] = this.#missing;
    if (!gap) return;
    this.#isFilling = true;
    try {
      if (sizeOf(this.#missing) > maxFetched) await this.#beginAnew();
      else await this.#fillFrom(gap.from, gap.to);
    } catch (cause) {
      // With the next connection, or the next message, it is tried again.
      if (!isPassing(toSeenbyError(cause))) this.loaded.skip(gap.from, gap.to);
      return;
    } finally {
      this.#isFilling = false;
    }
    this.#fillSoon(this.#emptyAnswers > 0 ? 250 * 2 ** this.#emptyAnswers : 0);
  }

  async #fillFrom(from: number, to: number): Promise<void> {
    const limit = Math.min(pageLimit, to - from + 1);
    const { messages } = await this.#fetch({ after: from - 1, limit });
    const first = messages[0]?.seq;
    if (first !== undefined) {
      this.#emptyAnswers = 0;
      this.loaded.skip(from, first - 1);
      this.#arrive(messages);
    } else if (++this.#emptyAnswers >= maxEmptyAnswers) {
      this.#emptyAnswers = 0;
      this.loaded.skip(from, to);
    }
  }

  /** More was missed than is worth fetching: what is loaded ends here, and the newest page begins. */
  async #beginAnew(): Promise<void> {
    const missing = this.#missing;
    const { messages } = await this.#fetch({ limit: pageLimit });
    this.loaded.clear();
    this.#load(messages);
    const first = this.loaded.firstSeq ?? this.lastSeq + 1;
    const from = missing[0]?.from ?? first;
    if (from < first) this.#events.missed(from, first - 1);
  }

  /** A page that was fetched may bring what a push is still on its way with. */
  #takeNewer(fresh: readonly Message[]): void {
    const newer = this.isPlaced ? fresh.filter(({ seq }) => seq > this.lastSeq) : [];
    this.lastSeq = Math.max(this.lastSeq, this.loaded.lastSeq);
    if (newer.length > 0) this.#events.arrived(newer);
  }

  #arrive(messages: readonly CountedMessage[]): void {
    const fresh = this.#load(messages);
    if (fresh.length > 0) this.#events.arrived(fresh);
  }

  #load(messages: readonly CountedMessage[]): Message[] {
    const fresh = this.loaded.add(messages.map(withoutCounts));
    this.#events.loaded(messages);
    return fresh;
  }

  #fetch(
    query: Record<string, number | undefined>,
  ): Promise<AnswerOf<'GET /groups/{groupId}/messages'>> {
    return this.#session.http.request('GET', this.#path + queryOf(query));
  }
}

function withoutCounts(message: CountedMessage): Message {
  const { readCount: _r, unreadCount: _u, deliveredCount: _d, totalCount: _t, ...rest } = message;
  return rest;
}
