import type { RangeSet } from '../core/range-set.ts';
import { has, setOfSeqs, union } from '../core/range-set.ts';
import type { Message } from '../protocol/entities.ts';
import { Badge, type Standing } from './badge.ts';
import type { MessageLog } from './message-log.ts';
import { Pacer } from './pacer.ts';
import { hasRead, type Marks, type SingleMark } from './pending-marks.ts';
import { isPassing, type SeenbyError, toSeenbyError } from './seenby-error.ts';
import type { Session } from './session.ts';

/** A read goes out at once, then one a second at most: reading ahead costs one frame, not ten. */
const readIntervalMs = 1000;
const deliveryGatherMs = 1000;
/** Tabs wait for different times, so that one of them acknowledges for all. */
const deliverySpreadMs = 250;
const mostIdsPerFrame = 100;
const retryMs = 2000;

export interface ReadingOptions {
  session: Session;
  groupId: string;
  log: MessageLog;
  /** Whether anybody is told what has been delivered. */
  tracksDelivery: () => boolean;
  changed: () => void;
}

/** What the user has read and received in a group: shown at once, sent sparingly, never lost. */
export class Reading {
  readonly badge: Badge;
  /** Set by markUnread: what is merely seen is not read until the user says so. */
  isSuspended = false;
  readonly #options: ReadingOptions;
  readonly #reads: Pacer;
  readonly #deliveries: Pacer;
  #seen: RangeSet = [];
  /** Asked for, but there is a gap below it. */
  #wished = 0;
  #acknowledged = 0;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(options: ReadingOptions) {
    const { session, log } = options;
    const { environment } = session;
    this.#options = options;
    this.badge = new Badge(() => session.userId, log, environment.now);
    this.#reads = new Pacer({
      environment,
      intervalMs: readIntervalMs,
      gatherMs: () => 0,
      run: () => this.#sendReads(),
    });
    this.#deliveries = new Pacer({
      environment,
      intervalMs: deliveryGatherMs,
      gatherMs: () => deliveryGatherMs + environment.random() * deliverySpreadMs,
      run: () => this.#sendDelivery(),
    });
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
    let position = this.badge.readSeq;
    while (this.#needsNoReading(position + 1)) position += 1;
    // Own messages at the end are nothing to tell anybody.
    const last = seqs.filter((seq) => seq <= position && !this.badge.hasRead(seq));
    if (last.length > 0) this.#read(Math.max(...last));
    const skipping = seqs.filter((seq) => seq > position && !this.badge.hasRead(seq));
    const single = skipping.flatMap((seq) => this.#singleMark(seq));
    if (single.length > 0) this.#mark({ single });
  }

  async markUnread(fromSeq: number): Promise<void> {
    const { session, groupId } = this.#options;
    const wasSuspended = this.isSuspended;
    this.isSuspended = true;
    try {
      // A read that overtook it would clear the badge at once.
      await this.#sendReads();
      const reply = await session.ask({ type: 'mark_unread', groupId, fromSeq });
      this.takeUnread(fromSeq, 'unreadCount' in reply ? reply.unreadCount : undefined);
      session.tellTabs({ kind: 'markedUnread', groupId, fromSeq });
    } catch (error) {
      this.isSuspended = wasSuspended;
      throw error;
    }
  }

  /** Put back, here or in another tab. */
  takeUnread(fromSeq: number, unreadCount?: number): void {
    this.isSuspended = true;
    this.#wished = 0;
    this.#seen = [];
    this.#change(() => this.badge.unreadFrom(fromSeq, unreadCount));
  }

  /** Another tab marks these, and sends them. */
  takeMarks({ readUpTo = 0, single = [], deliveredUpTo = 0 }: Partial<Marks>): void {
    this.#acknowledged = Math.max(this.#acknowledged, deliveredUpTo);
    this.#options.session.marks.settle(this.#options.groupId, { deliveredUpTo });
    this.#change(() => {
      this.badge.readUpTo(readUpTo);
      this.badge.readSingle(single.map(({ seq }) => seq));
    });
  }

  takeStanding(standing: Standing): void {
    this.#change(() => {
      if (this.badge.takeStatus(standing)) this.#showPending();
    });
  }

  takePosition(readSeq: number, unreadCount: number): void {
    this.#change(() => {
      this.badge.takePosition(readSeq, unreadCount);
      this.#showPending();
    });
  }

  arrived(messages: readonly Message[]): void {
    this.#change(() => {
      for (const message of messages) this.badge.add(message);
    });
  }

  /** Messages have been loaded, whichever way: a gap may be filled. */
  loaded(): void {
    if (this.#wished > this.badge.readSeq) this.#read(this.#wished);
    this.#acknowledge();
  }

  /** Tells the senders of what has arrived, as far as there is no gap. */
  #acknowledge(): void {
    const { session, groupId, log, tracksDelivery } = this.#options;
    if (!tracksDelivery()) return;
    const above = Math.max(this.#acknowledged, this.badge.readSeq);
    const loaded = log.between(above + 1, log.gaplessUpTo(log.lastSeq, above));
    const newest = loaded.findLast(({ senderId }) => senderId !== session.userId);
    if (!newest) return;
    session.marks.add(groupId, { deliveredUpTo: newest.seq });
    if (session.isConnected) this.#deliveries.request();
  }

  recall(message: Message | undefined, seq: number): void {
    this.#change(() => this.badge.recall(message, seq));
  }

  /** There is a connection again. */
  resume(): void {
    const marks = this.#options.session.marks.of(this.#options.groupId);
    if (hasRead(marks)) this.#reads.request();
    if (marks.deliveredUpTo > 0) this.#deliveries.request();
    this.#change(() => this.#showPending());
  }

  stop(): void {
    this.#reads.cancel();
    this.#deliveries.cancel();
  }

  #read(upTo: number): void {
    this.#wished = Math.max(this.#wished, upTo);
    const readUpTo = this.#options.log.gaplessUpTo(upTo, this.badge.readSeq);
    if (readUpTo > this.badge.readSeq) this.#mark({ readUpTo });
  }

  #mark(marks: { readUpTo: number } | { single: readonly SingleMark[] }): void {
    const { session, groupId } = this.#options;
    session.marks.add(groupId, marks);
    this.#change(() => this.#showPending());
    session.tellTabs({ kind: 'marked', groupId, marks });
    if (session.isConnected) this.#reads.request();
  }

  /** What waits to be confirmed counts as read here already. */
  #showPending(): void {
    const { session, groupId } = this.#options;
    const { readUpTo, single } = session.marks.of(groupId);
    this.badge.readUpTo(readUpTo);
    this.badge.readSingle(single.map(({ seq }) => seq));
  }

  #needsNoReading(seq: number): boolean {
    if (has(this.#seen, seq) || this.badge.hasRead(seq)) return true;
    const message = this.#options.log.get(seq);
    return message?.senderId === this.#options.session.userId || message?.recalled === true;
  }

  #singleMark(seq: number): SingleMark[] {
    const { log, session } = this.#options;
    const message = log.get(seq);
    if (!message || message.senderId === session.userId || message.recalled) return [];
    return [{ seq, messageId: message.messageId }];
  }

  /** One at a time: they must not overtake each other. */
  #sendReads(): Promise<number | undefined> {
    const sent = this.#sending.then(() => this.#sendReadsNow());
    this.#sending = sent;
    return sent;
  }

  async #sendReadsNow(): Promise<number | undefined> {
    const { session, groupId } = this.#options;
    const { readUpTo, single } = session.marks.of(groupId);
    if (!session.isConnected) return undefined;
    if (readUpTo > 0) {
      const sent = session.ask({ type: 'mark_read', groupId, upTo: readUpTo });
      const waitMs = await this.#settle(sent, { readUpTo });
      if (waitMs !== undefined) return waitMs;
    }
    const batch = single.slice(0, mostIdsPerFrame);
    if (batch.length === 0) return undefined;
    const messageIds = batch.map(({ messageId }) => messageId);
    const waitMs = await this.#settle(session.ask({ type: 'mark_read', messageIds }), {
      single: batch,
    });
    return waitMs ?? (single.length > batch.length ? readIntervalMs : undefined);
  }

  async #sendDelivery(): Promise<number | undefined> {
    const { session, groupId } = this.#options;
    const { deliveredUpTo } = session.marks.of(groupId);
    if (!session.isConnected || deliveredUpTo === 0) return undefined;
    session.tellTabs({ kind: 'marked', groupId, marks: { deliveredUpTo } });
    this.#acknowledged = Math.max(this.#acknowledged, deliveredUpTo);
    const sent = session.ask({ type: 'mark_delivered', groupId, upTo: deliveredUpTo });
    return this.#settle(sent, { deliveredUpTo });
  }

  /** Confirmed marks are done with, and so are those that can never be; the others wait. */
  async #settle(sent: Promise<unknown>, marks: Partial<Marks>): Promise<number | undefined> {
    const { session, groupId, changed } = this.#options;
    try {
      await sent;
    } catch (cause) {
      const error: SeenbyError = toSeenbyError(cause);
      // The next connection resumes by itself.
      if (!session.isConnected || error.code === 'CLOSED') return undefined;
      if (isPassing(error)) return error.retryAfterMs ?? retryMs;
      session.emit('error', { error, groupId });
    }
    session.marks.settle(groupId, marks);
    changed();
    return undefined;
  }

  #change(change: () => void): void {
    const { session, groupId, changed } = this.#options;
    const before = { readSeq: this.badge.readSeq, unreadCount: this.badge.unreadCount };
    change();
    const { readSeq, unreadCount } = this.badge;
    const isSame = readSeq === before.readSeq && unreadCount === before.unreadCount;
    if (isSame) return;
    changed();
    if (readSeq !== before.readSeq) session.emit('read', { groupId, readSeq });
    if (unreadCount === before.unreadCount) return;
    session.emit('unread', { groupId, unreadCount, totalUnread: session.totalUnread });
  }
}
