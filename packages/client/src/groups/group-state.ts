import { maySeeReceipts, seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { setOfRange } from '@seenby/core/ranges/range-set.ts';
import type { CountedMessage, GroupStatus, Message } from '@seenby/protocol/entities.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { OwnStatus } from '../read-state/own-state.ts';
import { ReadTracker } from '../read-state/read-tracker.ts';
import type { GroupTabMessage, ReadingSession } from '../read-state/reading-session.ts';
import type { ReceiptCounts } from '../receipts/receipt-tracker.ts';
import { Receipts } from '../receipts/receipts.ts';
import type { RemovalReason } from '../session/events.ts';
import { withoutContent } from '../timeline/loaded-messages.ts';
import { MessageTimeline, type TimelineEvents } from '../timeline/message-timeline.ts';
import type { GroupParts } from './group-parts.ts';
import { Subscription } from './subscription.ts';

const previewCharacters = 100;
/** Of so many of the newest messages the counts are fetched when a group is opened. */
const countedWhenOpened = 100;
/** By then two changes at a time have arrived everywhere, and a message is stored or lost. */
const settledMs = 5000;
const keys = ['name', 'tracking', 'visibility', 'role'] as const;

const everything = setOfRange(1, Infinity);

type Settings = Pick<GroupStatus, (typeof keys)[number]>;

/** How a group stands, and what its parts learn of what happens in it. */
export class GroupState implements TimelineEvents {
  readonly parts: GroupParts;
  #status: GroupStatus | undefined;
  /** Whether the user was in the group and is not any more. */
  isGone = false;
  /** The service did not open the group: it is asked again once the user is in it. */
  isRefused = false;

  /** `changed`: something of the group's snapshot has. */
  constructor(session: ReadingSession, groupId: string, changed: () => void) {
    const timeline = new MessageTimeline(session, groupId);
    const receipts = new Receipts(session, groupId, (ranges, by) => {
      changed();
      if (ranges.length > 0) session.emit('receipt', { groupId, ranges, receipts: by });
    });
    const tracksDelivery = () => this.status?.tracking === 'receipts';
    const isGone = () => this.isGone;
    timeline.events = this;
    this.parts = {
      ...{ session, groupId, changed, timeline, receipts },
      subscription: new Subscription(session, groupId),
      readTracker: new ReadTracker({ session, groupId, changed, timeline, tracksDelivery, isGone }),
      outbox: new Outbox(session, groupId, changed),
    };
  }

  /** The group's line in the list of groups, up to date. */
  get status(): GroupStatus | undefined {
    if (!this.#status) return undefined;
    const { ownState } = this.parts.readTracker;
    const { readSeq, unreadCount, mentionCount } = ownState;
    const reminders = this.#status.reminders?.filter(({ seq }) => !ownState.hasRead(seq));
    return { ...this.#status, readSeq, unreadCount, mentionCount, ...(reminders && { reminders }) };
  }

  get isInDoubt(): boolean {
    const { ownState } = this.parts.readTracker;
    return !!this.#status && (ownState.isInDoubt || ownState.isWaiting);
  }

  get statesTaken(): number {
    return this.parts.readTracker.ownState.statesTaken;
  }

  get unreadCount(): number {
    return this.#status ? this.parts.readTracker.ownState.unreadCount : 0;
  }

  /**
   * How the group stands. `isNewest`: asked for after everything that is known here. A position may be older
   * than what is known; of what the group is called and shows, the last word counts.
   */
  establish(status: GroupStatus, isNewest?: boolean): void {
    const { session, groupId, timeline, readTracker, subscription } = this.parts;
    // It may be from before the user lost the group.
    if (this.isGone && !isNewest) {
      session.doubt(groupId, 0, true);
      return;
    }
    this.isGone = false;
    // Turns count in the version: one from before a change of what may be seen does not undo that.
    const known = this.#status?.stateVersion ?? 0;
    if (isNewest || status.stateVersion >= known) this.#change(this.#withNewest(status));
    readTracker.takeStatus(status, isNewest);
    // Only what is on a screen is worth a request of its own; the rest is fetched when it moves.
    if (!timeline.isPlaced) timeline.noteLastSeq(status.lastSeq);
    // A message is shown before it is stored, and may never be. Of older ones the service makes sure.
    const ageMs = session.host.date() - (status.lastMessage?.createdAt ?? 0);
    if (Math.abs(ageMs) < settledMs && !timeline.loaded.get(status.lastSeq)) {
      session.doubt(groupId, settledMs, true);
    }
    if (this.isRefused) subscription.renew();
    this.isRefused = false;
  }

  /** The group is open: its messages and counts are brought up to date. */
  subscribed(status: OwnStatus & { lastSeq: number }, version: number): void {
    const { timeline, receipts, readTracker } = this.parts;
    const { lastSeq } = status;
    readTracker.takeStatus(status);
    timeline.noteLastSeq(lastSeq);
    if (this.#status?.tracking === 'positions') return;
    const newest = lastSeq - countedWhenOpened + 1;
    const from = Math.min(timeline.loaded.firstSeq, newest);
    void receipts.catchUp(version, from, lastSeq);
  }

  /**
   * What the group is called, what it shows, or who the user is in it was changed. Two changes may overtake
   * each other, or an answer that is on its way: what holds in the end is asked for, by each member at another
   * time.
   */
  takeSettings(settings: Partial<Settings>): void {
    const { session, groupId } = this.parts;
    const before = this.#status;
    if (before) {
      const isNew = (key: keyof Settings) => (settings[key] ?? before[key]) !== before[key];
      const others = keys.filter(isNew).map((key) => [key, settings[key]]);
      if (others.length === 0) return;
      this.#change({ ...before, ...Object.fromEntries(others) });
    }
    session.doubt(groupId, settledMs * (0.5 + session.host.random()), true);
  }

  /** The counts of a message, as far as the user may see them. */
  receiptOf(seq: number): ReceiptCounts | undefined {
    const { session, timeline, receipts } = this.parts;
    const isAuthor = timeline.loaded.get(seq)?.senderId === session.userId;
    const status = this.#status;
    const isHidden = status && !maySeeReceipts(status, { role: status.role, isAuthor });
    return isHidden ? undefined : receipts.tracker.get(seq, timeline.loaded.isRecalled(seq));
  }

  /** The user may see other counts now than before. */
  recount(): void {
    const { receipts, timeline, subscription } = this.parts;
    receipts.restart();
    // Who sent a message has read it, whatever the counts that are on their way say of the others.
    receipts.loaded(timeline.loaded.messages);
    subscription.renew();
  }

  /** The user is in the group no more. Unsent messages fail by the service's answer. */
  leave(reason?: RemovalReason): void {
    const { session, groupId, outbox } = this.parts;
    const wasThere = !!this.#status;
    this.isGone = true;
    this.isRefused = true;
    // Nothing of it can ever be confirmed.
    session.pending.settle(groupId, { read: everything, delivered: everything });
    this.forget();
    outbox.resume();
    if (wasThere) session.emit('removed', { groupId, ...(reason && { reason }) });
  }

  /** What is known of it is nothing to show, and nothing to read or receive. */
  forget(): void {
    const { timeline, receipts, readTracker, typists } = this.parts;
    this.#status = undefined;
    timeline.clear();
    receipts.restart();
    readTracker.forget();
    typists?.stop();
  }

  /** Another tab of the user has read, written or been told something. */
  takeFromTab(message: GroupTabMessage): void {
    const { outbox, readTracker } = this.parts;
    if (message.kind === 'discarded') outbox.settle(message.clientMessageId);
    // That tab may not have heard yet that the user lost the group.
    else if (this.isGone) return;
    else if (message.kind === 'marked') readTracker.takeFromTab(message.receipts);
    else if (message.kind === 'confirmed') readTracker.confirmed(message.receipts, message.status);
    else readTracker.takeUnread(message.fromSeq, message.status);
  }

  /** There is a connection again. */
  resume(): void {
    const { outbox, readTracker } = this.parts;
    outbox.resume();
    readTracker.resume();
  }

  stop(): void {
    const { timeline, outbox, readTracker, typists } = this.parts;
    for (const part of [timeline, outbox, readTracker, typists]) part?.stop();
  }

  /** Messages that were pushed, or fetched because their push was missed. */
  arrived(messages: readonly Message[]): void {
    const { session, groupId, timeline, typists, subscription, readTracker } = this.parts;
    for (const message of messages) {
      const { senderId, mentions = [] } = message;
      if ([senderId, ...mentions].includes(session.userId)) readTracker.sent(message.seq);
      this.#showLast(message);
      typists?.stopped(message.senderId);
      session.emit('message', { groupId, message });
    }
    if (!subscription.isOpen) timeline.trim();
  }

  /** Messages that are now in the timeline, with the counts they came with. */
  loaded(messages: readonly CountedMessage[]): void {
    const { readTracker, receipts, outbox, changed } = this.parts;
    for (const message of messages) outbox.settle(message.clientMessageId, message);
    receipts.loaded(messages);
    readTracker.loaded();
    changed();
  }

  missed(fromSeq: number, toSeq: number): void {
    const { session, groupId } = this.parts;
    session.emit('gap', { groupId, fromSeq, toSeq });
  }

  /** The user may see something else than is known here. */
  turned(): void {
    this.parts.session.doubt(this.parts.groupId, 0, true);
  }

  /** A message was recalled. `isTold`: by a push, not by what was fetched. */
  recalled(seq: number, isTold = true): void {
    const { timeline, readTracker, session, groupId, changed } = this.parts;
    const before = timeline.loaded.get(seq);
    if (before?.recalled) return;
    // Where the user is said to stand may have the recall in it when it is found late.
    readTracker.recall(isTold ? before : undefined, seq);
    const message = timeline.recall(seq, isTold);
    this.#recallLast(seq);
    changed();
    if (message) session.emit('message', { groupId, message });
  }

  /** The first message the user has not read; undefined when there is none. */
  firstUnread(): number | undefined {
    const { timeline, readTracker } = this.parts;
    const { ownState } = readTracker;
    if (ownState.unreadCount === 0) return undefined;
    for (let seq = ownState.readSeq + 1; seq <= timeline.lastSeq; seq++) {
      const message = timeline.loaded.get(seq);
      const isSkipped = message ? !ownState.isForMe(message) : timeline.loaded.hasReceived(seq);
      if (!isSkipped && !ownState.hasRead(seq)) return seq;
    }
    return undefined;
  }

  #showLast({ groupId: _group, clientMessageId: _id, mentions: _m, ...message }: Message): void {
    const status = this.#status;
    if (!status || message.seq <= status.lastSeq) return;
    const content = [...message.content].slice(0, previewCharacters).join('');
    this.#status = { ...status, lastSeq: message.seq, lastMessage: { ...message, content } };
  }

  #recallLast(seq: number): void {
    const last = this.#status?.lastMessage;
    if (!this.#status || last?.seq !== seq) return;
    this.#status = { ...this.#status, lastMessage: withoutContent(last) };
  }

  /** With the newest message that is known, without what was recalled. */
  #withNewest(status: GroupStatus): GroupStatus {
    const known = this.#status;
    const { lastMessage, lastSeq } = known && known.lastSeq > status.lastSeq ? known : status;
    const isRecalled = lastMessage && this.parts.timeline.loaded.isRecalled(lastMessage.seq);
    const shown = isRecalled ? withoutContent(lastMessage) : lastMessage;
    return { ...status, lastSeq, ...(shown && { lastMessage: shown }) };
  }

  #change(status: GroupStatus): void {
    const before = this.#status;
    this.#status = status;
    this.parts.changed();
    if (before && viewOf(before) !== viewOf(status)) this.recount();
  }
}

/** Which counts are visible. */
const viewOf = (status: GroupStatus) => status.tracking + seesAllReceipts(status, status.role);
