import { emptySet, type RangeSet, rangeSet } from '@seenby/core/ranges/range-set.ts';
import type {
  CountedMessage,
  CountRange,
  Counts,
  Message,
  Receipt,
} from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import type { Session } from '../session/session.ts';
import { queryOf } from '../transport/http.ts';
import {
  isHidden,
  pauseAfter,
  type SeenbyError,
  toSeenbyError,
} from '../transport/seenby-error.ts';
import { ReceiptTracker } from './receipt-tracker.ts';

const rangeLimit = 1000;
/** Counts that come with history have no version: they give way to any that has one. */
const noVersion = 0;
/** The service does not say whether anything was missed: in big groups, and where reading is private. */
const unknownVersion = 0;

const retryMs = 2000;

type Changed = (ranges: RangeSet, receipts: readonly Receipt[]) => void;

/** The receipts of a group's messages, kept right across whatever was missed. */
export class Receipts {
  readonly tracker = new ReceiptTracker();
  readonly #session: Session;
  readonly #groupId: string;
  readonly #changed: Changed;
  /** As of this version every loaded message was right. */
  #syncedVersion: number | undefined;
  /** Grows when the user may see something else: what was asked for before is not taken. */
  round = 0;
  /** While counts are asked for: receipts since. */
  #newer: Receipt[] | undefined;

  constructor(session: Session, groupId: string, changed: Changed) {
    this.#session = session;
    this.#groupId = groupId;
    this.#changed = changed;
  }

  update({ counts, version, receipts = [] }: FieldsOf<'read_status_update'>): void {
    if (counts) this.#notify(this.tracker.applyCounts(counts, version ?? noVersion), []);
    this.#notify(this.#applyReceipts(receipts), receipts);
  }

  loaded(messages: readonly CountedMessage[]): void {
    const ranges = this.tracker.applyCounts(messages.flatMap(countsOf), noVersion);
    this.#applyReceipts(messages.filter(({ senderId }) => senderId).map(readBySender));
    this.#notify(ranges, []);
  }

  /** The group is at this version: if that is not the one we are at, counts may have been missed. */
  async catchUp(version: number, fromSeq: number, toSeq: number): Promise<void> {
    const isCurrent = version !== unknownVersion && version === this.#syncedVersion;
    if (isCurrent || toSeq === 0) return;
    const round = this.round;
    const [newer, told]: [Receipt[], CountRange[]] = [[], []];
    this.#newer = newer;
    try {
      // An answer may be newer, and of a version that counts messages which were not asked for.
      let reached = version;
      for (let from = Math.max(1, fromSeq); from <= toSeq; from += rangeLimit) {
        const answer = await this.#fetch(from, Math.min(toSeq, from + rangeLimit - 1));
        if (round !== this.round) return;
        this.update({ groupId: this.#groupId, ...answer });
        reached = Math.min(reached, answer.version);
        told.push(...answer.counts);
      }
      const counted = rangeSet(told.map(({ fromSeq, toSeq }) => ({ from: fromSeq, to: toSeq })));
      this.tracker.outdate(counted, newer);
      this.#notify(counted, []);
      this.#syncedVersion = reached;
    } catch (cause) {
      if (round === this.round) this.#failed(toSeenbyError(cause), [version, fromSeq, toSeq]);
    } finally {
      if (this.#newer === newer) this.#newer = undefined;
    }
  }

  /** The user may see something else now: what was asked for before is not taken. */
  restart(): void {
    this.round += 1;
    this.#syncedVersion = undefined;
    this.tracker.clear();
    this.#changed(emptySet, []);
  }

  #applyReceipts(receipts: readonly Receipt[]): RangeSet {
    this.#newer?.push(...receipts);
    return this.tracker.applyReceipts(receipts);
  }

  #failed(error: SeenbyError, asked: [version: number, fromSeq: number, toSeq: number]): void {
    const round = this.round;
    const { host, emit } = this.#session;
    const pauseMs = pauseAfter(error, retryMs * (1 + host.random()));
    if (pauseMs !== undefined) {
      host.after(pauseMs, () => {
        // The next connection catches up by itself.
        if (round === this.round && this.#session.isConnected) void this.catchUp(...asked);
      });
      return;
    }
    // What may not be seen any more does not stay on the screen.
    this.restart();
    if (!isHidden(error)) emit('error', { error, groupId: this.#groupId });
  }

  #fetch(from: number, to: number): Promise<AnswerOf<'GET /groups/{groupId}/receipts'>> {
    const path = `/groups/${toPathSegment(this.#groupId)}/receipts${queryOf({ from, to })}`;
    return this.#session.http.request('GET', path);
  }

  #notify(ranges: RangeSet, receipts: readonly Receipt[]): void {
    if (ranges.length > 0) this.#changed(ranges, receipts);
  }
}

function countsOf(message: CountedMessage): CountRange[] {
  const { seq: fromSeq, readCount, unreadCount, deliveredCount, totalCount } = message;
  const counts = { readCount, unreadCount, deliveredCount, totalCount };
  const areThere = !Object.values(counts).includes(undefined);
  return areThere ? [{ fromSeq, toSeq: fromSeq, ...(counts as Counts) }] : [];
}

const readBySender = ({ senderId, seq, createdAt }: Message): Receipt => ({
  userId: senderId,
  kind: 'read',
  fromSeq: seq,
  toSeq: seq,
  at: createdAt,
});
