import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { CountedMessage, CountRange, Message, Receipt } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import type { Session } from '../session/session.ts';
import { queryOf } from '../transport/http.ts';
import { isPassing, toSeenbyError } from '../transport/seenby-error.ts';
import { ReceiptTracker } from './receipt-tracker.ts';

const rangeLimit = 1000;
/** Counts that come with history have no version: they give way to any that has one. */
const noVersion = 0;

type Changed = (ranges: RangeSet, receipts: readonly Receipt[]) => void;

/** The receipts of a group's messages, kept right across whatever was missed. */
export class Receipts {
  readonly tracker = new ReceiptTracker();
  readonly #session: Session;
  readonly #groupId: string;
  readonly #changed: Changed;
  /** As of this version every loaded message was right. */
  #syncedVersion: number | undefined;

  constructor(session: Session, groupId: string, changed: Changed) {
    this.#session = session;
    this.#groupId = groupId;
    this.#changed = changed;
  }

  update({ counts, version, receipts = [] }: FieldsOf<'read_status_update'>): void {
    if (counts) this.#notify(this.tracker.applyCounts(counts, version ?? noVersion), []);
    if (receipts.length > 0) this.#notify(this.tracker.applyReceipts(receipts), receipts);
  }

  loaded(messages: readonly CountedMessage[]): void {
    const counts = messages.flatMap(countsOf);
    const ranges = this.tracker.applyCounts(counts, noVersion);
    this.tracker.applyReceipts(messages.filter((each) => this.#isOwn(each)).map(readBySender));
    this.#notify(ranges, []);
  }

  /** The group is at this version: if that is not the one we are at, counts may have been missed. */
  async catchUp(version: number, fromSeq: number, toSeq: number): Promise<void> {
    if (version === this.#syncedVersion || toSeq === 0) return;
    try {
      let reached = Infinity;
      for (let from = Math.max(1, fromSeq); from <= toSeq; from += rangeLimit) {
        const to = Math.min(toSeq, from + rangeLimit - 1);
        reached = Math.min(reached, await this.#fetch(from, to));
      }
      this.#syncedVersion = reached;
    } catch (cause) {
      const error = toSeenbyError(cause);
      const isHidden = error.code === 'FORBIDDEN' || isPassing(error);
      if (!isHidden) this.#session.emit('error', { error, groupId: this.#groupId });
    }
  }

  /** The user may see something else now. */
  reset(): void {
    this.#syncedVersion = undefined;
    this.tracker.clear();
  }

  async #fetch(from: number, to: number): Promise<number> {
    const path = `/groups/${toPathSegment(this.#groupId)}/receipts${queryOf({ from, to })}`;
    const answer = await this.#session.http.request<AnswerOf<'GET /groups/{groupId}/receipts'>>(
      'GET',
      path,
    );
    this.update({ groupId: this.#groupId, ...answer });
    return answer.version;
  }

  #isOwn({ senderId }: Message): boolean {
    return senderId === this.#session.userId;
  }

  #notify(ranges: RangeSet, receipts: readonly Receipt[]): void {
    if (ranges.length > 0) this.#changed(ranges, receipts);
  }
}

function countsOf(message: CountedMessage): CountRange[] {
  const { seq, readCount, unreadCount, deliveredCount, totalCount } = message;
  if (readCount === undefined || unreadCount === undefined) return [];
  if (deliveredCount === undefined || totalCount === undefined) return [];
  return [{ fromSeq: seq, toSeq: seq, readCount, unreadCount, deliveredCount, totalCount }];
}

const readBySender = ({ senderId, seq, createdAt }: Message): Receipt => ({
  userId: senderId,
  kind: 'read',
  fromSeq: seq,
  toSeq: seq,
  at: createdAt,
});
