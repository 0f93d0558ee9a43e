import {
  difference,
  emptySet,
  has,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { turnsIn } from '@seenby/core/reading/state-version.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import { nothingPending, type PendingReceipts } from '../pending/pending.ts';
import type { MessageTimeline } from '../timeline/message-timeline.ts';
import { OwnState, type OwnStatus } from './own-state.ts';
import { type ReceiptContext, ReceiptSender } from './receipt-sender.ts';

/** Another tab has the confirmation of what it sent by then. */
const confirmedWithinMs = 5000;

export interface ReadTrackerOptions extends ReceiptContext {
  timeline: Pick<MessageTimeline, 'loaded' | 'noteTurns'>;
  /** Whether anybody is told what has been delivered. */
  tracksDelivery: () => boolean;
  /** Whether the user lost the group: an answer, or another tab, may not have heard of that yet. */
  isGone: () => boolean;
}

/** What the user has read and received in a group: shown at once, sent sparingly, never lost. */
export class ReadTracker {
  readonly ownState: OwnState;
  /** Set by markUnread: what is merely seen is not read until the user says so. */
  isSuspended = false;
  readonly #options: ReadTrackerOptions;
  readonly #reads: ReceiptSender;
  readonly #deliveries: ReceiptSender;
  /** Delivered: pending, or confirmed to this tab or to another one. */
  #acknowledged: RangeSet = emptySet;
  #seen: RangeSet = emptySet;
  /** Marked by the user, but there may be a gap below it. */
  #markedUpTo = 0;

  constructor(options: ReadTrackerOptions) {
    const { session, groupId, timeline } = options;
    this.#options = options;
    this.ownState = new OwnState(() => session.userId, timeline.loaded);
    const sender = (kind: keyof PendingReceipts) =>
      new ReceiptSender({ ...options, kind }, (receipts, status) => {
        this.confirmed(receipts, status);
        session.sendToTabs({ kind: 'confirmed', groupId, receipts, status });
      });
    this.#reads = sender('read');
    this.#deliveries = sender('delivered');
  }

  /** Everything up to a message is read, as far as it has arrived. */
  markRead(upTo: number): void {
    this.isSuspended = false;
    this.#read(upTo);
  }

  /** These messages were seen: what was skipped below them stays unread. */
  markSeen(seqs: readonly number[]): void {
    if (this.isSuspended) return;
    this.#seen = union(this.#seen, setOfSeqs(seqs));
    let position = this.ownState.readSeq;
    while (this.#needsNoReading(position + 1)) position += 1;
    // Own messages at the end are nothing to tell anybody.
    const unread = seqs.filter((seq) => !this.ownState.hasRead(seq));
    this.#read(Math.max(0, ...unread.filter((seq) => seq <= position)));
    const above = unread.filter((seq) => seq > position && this.#isForMe(seq));
    if (above.length > 0) this.#add(setOfSeqs(above));
  }

  async markUnread(fromSeq: number): Promise<void> {
    const { session, groupId } = this.#options;
    const wasSuspended = this.isSuspended;
    this.isSuspended = true;
    try {
      // A read that overtook it would clear the badge at once.
      await this.#reads.send();
      const reply = await session.request({ type: 'mark_unread', groupId, fromSeq });
      const status = reply as FieldsOf<'mark_unread_confirmed'>;
      this.takeUnread(fromSeq, status);
      session.sendToTabs({ kind: 'markedUnread', groupId, fromSeq, status });
    } catch (error) {
      this.isSuspended = wasSuspended;
      // It may be done all the same.
      session.doubt(groupId, 0, true);
      throw error;
    }
  }

  /** Put back, here or in another tab. */
  takeUnread(fromSeq: number, status: OwnStatus): void {
    if (this.#options.isGone()) return;
    this.#suspend();
    this.#hear(status);
    this.#change(() => this.ownState.putBack(fromSeq, status));
  }

  /** Another tab sends these. */
  takeFromTab({ read, delivered = emptySet }: Partial<PendingReceipts>): void {
    const { session, groupId } = this.#options;
    if (read) this.#change(() => this.ownState.readElsewhere(read));
    else session.deliveries.note(groupId, delivered);
  }

  /** The service has these, as it said to this tab or to another one; or it will never take them. */
  confirmed(receipts: Partial<PendingReceipts>, status?: OwnStatus): void {
    const { session, groupId, changed, isGone } = this.#options;
    const { read, delivered } = { ...nothingPending, ...receipts };
    this.#acknowledged = union(this.#acknowledged, delivered);
    this.#change(() => {
      session.pending.settle(groupId, receipts);
      if (!status || isGone()) return;
      this.ownState.confirmAhead(read, status);
      this.#hear(status);
      this.ownState.take(status);
    });
    changed();
  }

  takeStatus(status: OwnStatus, isNewest?: boolean): void {
    this.#hear(status);
    this.#change(() => this.ownState.take(status, isNewest));
    this.#acknowledge();
  }

  /** Messages have been loaded, whichever way: a gap may be filled. */
  loaded(): void {
    this.#change(() => this.ownState.count());
    this.#read(this.#markedUpTo);
    // What was seen before it was here: a chat may have its messages from elsewhere.
    const arrived = this.#options.timeline.loaded.above(this.ownState.readSeq);
    this.markSeen(arrived.map(({ seq }) => seq).filter((seq) => has(this.#seen, seq)));
    this.#acknowledge();
  }

  /** A message has arrived that the user sent, or that mentions them. */
  sent(seq: number): void {
    this.#change(() => this.ownState.sent(seq));
  }

  recall(message: Message | undefined, seq: number): void {
    const { session, groupId } = this.#options;
    this.#change(() => this.ownState.recall(message, seq));
    // Asked in any case: a state from before it may be on its way, and would end the doubt.
    if (this.ownState.isInDoubt) session.doubt(groupId, undefined, true);
  }

  /** There is a connection again. */
  resume(): void {
    this.#reads.request();
    this.#deliveries.request();
    this.#change(() => {});
  }

  stop(): void {
    this.#reads.stop();
    this.#deliveries.stop();
  }

  /** Of what was here nothing is to be read or received any more. */
  forget(): void {
    this.stop();
    this.#options.session.deliveries.forget();
    this.#acknowledged = emptySet;
    this.#change(() => this.ownState.forget());
    this.isSuspended = false;
  }

  /** Any state of the service tells of recalls and other turns, an old one as well. */
  #hear({ stateVersion, lastSeq }: OwnStatus): void {
    this.#options.timeline.noteTurns(turnsIn(stateVersion, lastSeq), lastSeq);
  }

  #read(upTo: number): void {
    this.#markedUpTo = Math.max(this.#markedUpTo, upTo);
    const readUpTo = this.#options.timeline.loaded.gaplessUpTo(upTo, this.ownState.readSeq);
    if (readUpTo > this.ownState.readSeq) this.#add(setOfRange(1, readUpTo));
  }

  #add(read: RangeSet): void {
    const { session, groupId } = this.#options;
    this.#change(() => session.pending.add(groupId, { read }));
    session.sendToTabs({ kind: 'marked', groupId, receipts: { read } });
    this.#reads.request();
  }

  /** Acknowledges what has arrived, and nothing else. What is read needs no more. */
  #acknowledge(): void {
    const { session, groupId, timeline, tracksDelivery } = this.#options;
    if (!tracksDelivery()) return;
    const arrived = timeline.loaded.above(this.ownState.readSeq);
    const seqs = arrived.map(({ seq }) => seq).filter((seq) => !this.ownState.hasRead(seq));
    const delivered = difference(setOfSeqs(seqs), this.#acknowledged);
    // Own messages are nothing to tell by themselves; between others they make one range of two.
    if (!arrived.some(({ seq }) => has(delivered, seq) && this.#isForMe(seq))) return;
    this.#acknowledged = union(this.#acknowledged, delivered);
    session.pending.add(groupId, { delivered });
    session.deliveries.request();
  }

  /** The badge was put back: what was seen before counts again. */
  #suspend(): void {
    this.isSuspended = true;
    this.#markedUpTo = 0;
    this.#seen = emptySet;
  }

  #needsNoReading(seq: number): boolean {
    const { loaded } = this.#options.timeline;
    if (has(this.#seen, seq) || this.ownState.hasRead(seq)) return true;
    return loaded.hasReceived(seq) && !this.#isForMe(seq);
  }

  /** Whether it is here, of somebody else, and not recalled. */
  #isForMe(seq: number): boolean {
    const message = this.#options.timeline.loaded.get(seq);
    return !!message && this.ownState.isForMe(message);
  }

  #change(change: () => void): void {
    const { session, groupId, changed } = this.#options;
    const { readSeq: seqBefore, unreadCount: countBefore, heard } = this.ownState;
    change();
    // Put back on another device. A position that shows less for a moment is none.
    if (this.ownState.heard < heard) this.#suspend();
    this.ownState.show(session.pending.of(groupId).read);
    const { readSeq, unreadCount, isInDoubt, isWaiting } = this.ownState;
    if (isInDoubt) session.doubt(groupId);
    else if (isWaiting) session.doubt(groupId, confirmedWithinMs);
    const hasMoved = readSeq !== seqBefore;
    const hasOtherCount = unreadCount !== countBefore;
    if (hasMoved || hasOtherCount) changed();
    if (hasMoved) session.emit('read', { groupId, readSeq });
    if (hasOtherCount) {
      session.emit('unread', { groupId, unreadCount, totalUnread: session.totalUnread });
    }
  }
}
