import { emptySet, has, type RangeSet, setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import { removalsIn } from '@seenby/core/reading/state-version.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';
import { DeliveryTracker, type DeliveryTrackerOptions } from './delivery-tracker.ts';
import { OwnState, type OwnStatus } from './own-state.ts';
import {
  hasRead,
  nothingPending,
  type PendingReceipts,
  type SingleRead,
} from './pending-receipts.ts';
import { ReadSender } from './read-sender.ts';

/** Another tab has the confirmation of what it sent by then. */
const confirmedWithinMs = 5000;

/** What the user has read and received in a group: shown at once, sent sparingly, never lost. */
export class ReadTracker {
  readonly ownState: OwnState;
  /** Set by markUnread: what is merely seen is not read until the user says so. */
  isSuspended = false;
  readonly #options: DeliveryTrackerOptions;
  readonly #reads: ReadSender;
  readonly #deliveries: DeliveryTracker;
  #seen: RangeSet = emptySet;
  /** Marked by the user, but there may be a gap below it. */
  #markedUpTo = 0;

  constructor(options: DeliveryTrackerOptions) {
    const { session, timeline } = options;
    this.#options = options;
    this.ownState = new OwnState(() => session.userId, timeline.loaded);
    this.#reads = new ReadSender(options, (reads, reply) => this.#settle(reads, reply));
    this.#deliveries = new DeliveryTracker(options);
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
    const unread = seqs.filter((seq) => !this.ownState.hasRead(seq));
    // Own messages at the end are nothing to tell anybody.
    const reached = unread.filter((seq) => seq <= position);
    if (reached.length > 0) this.#read(Math.max(...reached));
    const single = unread.filter((seq) => seq > position).flatMap((seq) => this.#singleRead(seq));
    if (single.length > 0) this.#add({ single });
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
      throw error;
    }
  }

  /** Put back, here or in another tab. */
  takeUnread(fromSeq: number, status: OwnStatus): void {
    this.#suspend();
    this.#hear(status);
    this.#change(() => this.ownState.putBack(fromSeq, status));
  }

  /** Another tab sends these. */
  takeFromTab(receipts: Partial<PendingReceipts>): void {
    const { deliveredUpTo, ...reads } = { ...nothingPending, ...receipts };
    this.#deliveries.takeFromTab(deliveredUpTo);
    if (hasRead(reads)) this.#change(() => this.ownState.readElsewhere(reads));
  }

  /** Answers whether it was taken, because nothing newer is known. */
  takeStatus(status: OwnStatus, isNewest = false): boolean {
    const { readSeq } = this.ownState;
    this.#hear(status);
    let isTaken = false;
    this.#change(() => {
      isTaken = this.ownState.take(status, isNewest);
    });
    if (isTaken && this.ownState.readSeq < readSeq) this.#suspend();
    return isTaken;
  }

  /** Messages have been loaded, whichever way: a gap may be filled. */
  loaded(): void {
    this.#change(() => this.ownState.count());
    if (this.#markedUpTo > this.ownState.readSeq) this.#read(this.#markedUpTo);
    this.#deliveries.acknowledge(this.ownState.readSeq);
  }

  /** An own message has arrived. */
  sent(seq: number): void {
    this.#change(() => this.ownState.sent(seq));
  }

  recall(message: Message | undefined, seq: number): void {
    this.#change(() => this.ownState.recall(message, seq));
  }

  /** There is a connection again. */
  resume(): void {
    if (hasRead(this.#reads.pending)) this.#reads.request();
    this.#deliveries.resume();
    this.#change(() => {});
  }

  stop(): void {
    this.#reads.stop();
    this.#deliveries.stop();
  }

  /** The user is in the group no more: nothing of it is to be read or received. */
  leave(): void {
    const { session, groupId } = this.#options;
    this.stop();
    this.#suspend();
    this.isSuspended = false;
    this.#change(() => {
      session.pendingReceipts.drop(groupId);
      this.ownState.forget();
    });
  }

  /** Any state of the service tells of recalls, an old one as well. */
  #hear({ stateVersion, lastSeq }: OwnStatus): void {
    this.#options.timeline.noteRemovals(removalsIn(stateVersion, lastSeq), lastSeq);
  }

  #read(upTo: number): void {
    this.#markedUpTo = Math.max(this.#markedUpTo, upTo);
    const readUpTo = this.#options.timeline.loaded.gaplessUpTo(upTo, this.ownState.readSeq);
    if (readUpTo > this.ownState.readSeq) this.#add({ readUpTo });
  }

  #add(receipts: { readUpTo: number } | { single: readonly SingleRead[] }): void {
    const { session, groupId } = this.#options;
    this.#change(() => session.pendingReceipts.add(groupId, receipts));
    session.sendToTabs({ kind: 'marked', groupId, receipts });
    if (session.isConnected) this.#reads.request();
  }

  #settle(receipts: Partial<PendingReceipts>, reply?: ReceivedFrame): void {
    const { session, groupId, changed } = this.#options;
    this.#change(() => {
      session.pendingReceipts.settle(groupId, receipts);
      if (reply?.type !== 'mark_read_confirmed') return;
      this.ownState.confirmAhead((receipts.single ?? []).map(({ seq }) => seq));
      this.#hear(reply);
      this.ownState.take(reply);
      session.sendToTabs({ kind: 'standing', groupId, status: reply });
    });
    changed();
  }

  /** The badge was put back: what was seen before counts again. */
  #suspend(): void {
    this.isSuspended = true;
    this.#markedUpTo = 0;
    this.#seen = emptySet;
  }

  #needsNoReading(seq: number): boolean {
    if (has(this.#seen, seq) || this.ownState.hasRead(seq)) return true;
    const { loaded } = this.#options.timeline;
    const message = loaded.get(seq);
    if (!message && loaded.hasReceived(seq)) return true;
    return message?.senderId === this.#options.session.userId || message?.recalled === true;
  }

  #singleRead(seq: number): SingleRead[] {
    const { timeline, session } = this.#options;
    const message = timeline.loaded.get(seq);
    if (!message || message.senderId === session.userId || message.recalled) return [];
    return [{ seq, messageId: message.messageId }];
  }

  #change(change: () => void): void {
    const { session, groupId, changed } = this.#options;
    const { readSeq: seqBefore, unreadCount: countBefore } = this.ownState;
    change();
    this.ownState.show(session.pendingReceipts.of(groupId));
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
