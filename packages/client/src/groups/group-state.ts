import type { CountedMessage, Group, GroupStatus, Message } from '@seenby/protocol/entities.ts';
import type { OwnStatus } from '../read-state/own-state.ts';
import type { GroupParts } from './group-parts.ts';

const previewCharacters = 100;
/** Of so many of the newest messages the counts are fetched when a group is opened. */
const countedWhenOpened = 100;

/** How a group stands, and what its parts learn of what happens in it. */
export class GroupState {
  readonly #parts: GroupParts;
  #status: GroupStatus | undefined;

  constructor(parts: GroupParts) {
    this.#parts = parts;
  }

  /** The group's line in the list of groups, up to date. */
  get status(): GroupStatus | undefined {
    if (!this.#status) return undefined;
    const { readSeq, unreadCount, mentionCount } = this.#parts.readTracker.ownState;
    return { ...this.#status, readSeq, unreadCount, mentionCount };
  }

  get isInDoubt(): boolean {
    const { ownState } = this.#parts.readTracker;
    return this.#status !== undefined && (ownState.isInDoubt || ownState.isWaiting);
  }

  get statesTaken(): number {
    return this.#parts.readTracker.ownState.statesTaken;
  }

  get unreadCount(): number {
    return this.#status ? this.#parts.readTracker.ownState.unreadCount : 0;
  }

  /** How the group stands, on every new connection. */
  establish(status: GroupStatus, isNewest = false): void {
    const { timeline, receipts, readTracker, changed } = this.#parts;
    if (!readTracker.takeStatus(status, isNewest) && this.#status) return;
    if (this.#status && this.#status.tracking !== status.tracking) receipts.reset();
    const isStale = this.#status && status.lastSeq < this.#status.lastSeq;
    const { lastMessage, lastSeq } = (isStale && this.#status) || status;
    this.#status = { ...status, lastSeq, ...(lastMessage && { lastMessage }) };
    // Only what is on a screen is worth a request of its own; the rest is fetched when it moves.
    if (!timeline.isPlaced) timeline.noteLastSeq(status.lastSeq);
    changed();
  }

  /** The group is open: its messages and counts are brought up to date. */
  subscribed(status: OwnStatus & { lastSeq: number }, version: number): void {
    const { timeline, receipts, readTracker } = this.#parts;
    const { lastSeq } = status;
    readTracker.takeStatus(status);
    timeline.noteLastSeq(lastSeq);
    if (this.#status?.tracking === 'positions') return;
    const newest = lastSeq - countedWhenOpened + 1;
    const from = Math.min(timeline.loaded.firstSeq ?? newest, newest);
    void receipts.catchUp(version, from, lastSeq);
  }

  takeSettings({ name, tracking }: Group): void {
    if (this.#status) this.#status = { ...this.#status, name, tracking };
    this.#parts.changed();
    this.recount();
  }

  /** The user may see other counts now than before. */
  recount(): void {
    this.#parts.receipts.reset();
    this.#parts.subscription.renew();
  }

  /** The user is in the group no more. */
  leave(): void {
    if (!this.#status) return;
    this.#status = undefined;
    this.#parts.readTracker.ownState.forget();
    this.stop();
    this.#parts.changed();
  }

  /** There is a connection again. */
  resume(): void {
    this.#parts.outbox.resume();
    this.#parts.readTracker.resume();
  }

  stop(): void {
    const { timeline, outbox, readTracker, typists } = this.#parts;
    for (const part of [timeline, outbox, readTracker, typists]) part.stop();
  }

  /** Messages that were pushed, or fetched because their push was missed. */
  arrived(messages: readonly Message[]): void {
    const { session, groupId, timeline, typists, subscription } = this.#parts;
    for (const message of messages) {
      this.#showLast(message);
      typists.stopped(message.senderId);
      session.emit('message', { groupId, message });
    }
    if (!subscription.isOpen) timeline.trim();
  }

  /** Messages that are now in the timeline, with the counts they came with. */
  loaded(messages: readonly CountedMessage[]): void {
    const { readTracker, receipts, outbox, changed } = this.#parts;
    for (const message of messages) outbox.settle(message);
    receipts.loaded(messages);
    readTracker.loaded();
    changed();
  }

  recalled(seq: number): void {
    const { timeline, readTracker, session, groupId, changed } = this.#parts;
    const before = timeline.loaded.get(seq);
    if (before?.recalled) return;
    readTracker.recall(before, seq);
    const message = timeline.loaded.recall(seq);
    this.#recallLast(seq);
    changed();
    if (message) session.emit('message', { groupId, message });
  }

  /** The first message the user has not read; undefined when there is none. */
  firstUnread(): number | undefined {
    const { timeline, readTracker, session } = this.#parts;
    const { ownState } = readTracker;
    if (ownState.unreadCount === 0) return undefined;
    for (let seq = ownState.readSeq + 1; seq <= timeline.lastSeq; seq++) {
      const message = timeline.loaded.get(seq);
      const isSkipped = message?.senderId === session.userId || message?.recalled;
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
    this.#status = { ...this.#status, lastMessage: { ...last, content: '', recalled: true } };
  }
}
