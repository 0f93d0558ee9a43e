import type {
  Group,
  GroupStatus,
  MemberPage,
  ReceiptPage,
  Role,
} from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { GroupChange, ReaderQuery } from '../extras/requests.ts';
import type { LiveStore } from '../live/live-store.ts';
import type { Members } from '../live/members.ts';
import type { PageQuery } from '../live/page-query.ts';
import type { Positions } from '../live/positions.ts';
import type { Readers, ReadersStore } from '../live/readers.ts';
import type { GroupStats, StatsSpan } from '../live/statistics.ts';
import type { ReadingSession } from '../read-state/reading-session.ts';
import type { ReceiptCounts } from '../receipts/receipt-tracker.ts';
import type { GroupEvents } from '../session/events.ts';
import { Snapshots } from '../session/snapshots.ts';
import type {
  HistoryPage,
  HistoryQuery,
  SendOptions,
  SendOutcome,
  ShownMessage,
} from '../timeline/messages.ts';
import type { Off } from '../transport/emitter.ts';
import type { GroupParts } from './group-parts.ts';
import { asSent, type GroupSnapshot } from './group-snapshot.ts';
import { GroupState } from './group-state.ts';
import { liveStore, loadExtras, withExtras } from './load-extras.ts';

const nobody: readonly string[] = [];

/**
 * A group as its member uses it. Made by `SeenbyClient.group`. Methods that ask the service reject
 * with a `SeenbyError`.
 */
export class GroupHandle {
  /** As it was given to `SeenbyClient.group`. */
  readonly groupId: string;
  /** @internal */
  readonly parts: GroupParts;
  /** @internal */
  readonly standing: GroupState;
  readonly #session: ReadingSession;
  readonly #snapshots = new Snapshots(() => this.#take());

  /**
   * Who is in the group, live while somebody is subscribed.
   */
  readonly members: LiveStore<Members> = liveStore<Members>(this, 'members');
  /**
   * Up to where everybody has read, live while somebody is subscribed and the group is open (`subscribe`):
   * at once where receipts come with names, in small groups, and in big ones some seconds later.
   */
  readonly positions: LiveStore<Positions> = liveStore<Positions>(this, 'positions');

  /** @internal */
  constructor(session: ReadingSession, groupId: string) {
    this.groupId = groupId;
    this.#session = session;
    this.standing = new GroupState(session, groupId, () => {
      this.#snapshots.changed();
      session.changed();
    });
    this.parts = this.standing.parts;
  }

  /** Undefined until the service has told of the group, and when the user is not in it. */
  get status(): GroupStatus | undefined {
    return this.standing.status;
  }

  /** Whether the user was in the group and is not any more. */
  get isRemoved(): boolean {
    return this.standing.isGone;
  }

  /** Stored messages by seq, then those on their way. */
  get messages(): readonly ShownMessage[] {
    return this.getSnapshot().messages;
  }

  /** Up to here the user has read everything. */
  get readSeq(): number {
    return this.parts.readTracker.ownState.readSeq;
  }

  /** The first message the user has not read; undefined when there is none. */
  get firstUnread(): number | undefined {
    return this.standing.firstUnread();
  }

  /** Whether `subscribe` was called more often than `unsubscribe`. */
  get isOpen(): boolean {
    return this.parts.subscription.isOpen;
  }

  /** How many messages the user has not read, without own and recalled ones. */
  countUnread(): number {
    return this.parts.readTracker.ownState.unreadCount;
  }

  /** Whether something was read here that the service has not confirmed, or received that it was not told. */
  get hasPendingReceipts(): boolean {
    const { pending, deliveries } = this.#session;
    return pending.of(this.groupId).read.length + deliveries.untold(this.groupId).length > 0;
  }

  /**
   * How far a message has come, or undefined while nothing is known of it. It is the same object
   * until something changes. `others` counts without the author.
   */
  getReceipt(seq: number): ReceiptCounts | undefined {
    return this.standing.receiptOf(seq);
  }

  /**
   * Opens the group on a screen: from now on, and after every reconnect, counts of all its messages
   * come by themselves. Resolves once that is so, or at once while there is no connection. When it
   * rejects the group is not open.
   */
  subscribe(): Promise<void> {
    if (!this.isOpen) this.parts.readTracker.isSuspended = false;
    return this.parts.subscription.open();
  }

  /** Closes the group again: its counts come no more once it is closed as often as it was opened. */
  async unsubscribe(): Promise<void> {
    if (!this.isOpen) return;
    const closed = this.parts.subscription.close();
    if (!this.isOpen) this.parts.timeline.trim();
    return closed;
  }

  /** Loads a page of messages into `messages`: without a query, the newest, then ever older ones. */
  history(query?: HistoryQuery): Promise<HistoryPage> {
    return this.parts.timeline.history(query);
  }

  /**
   * Shows a message at once as `pending` and sends it as soon as possible. Resolves once it is
   * stored or refused; never rejects.
   */
  send(content: string, options?: SendOptions): Promise<SendOutcome> {
    return this.parts.outbox.send(content, options);
  }

  /** Sends a failed message again; false when there is none with this id. */
  retry(clientMessageId: string): boolean {
    return this.parts.outbox.retry(clientMessageId);
  }

  /** Drops a failed message; false when there is none with this id. */
  discard(clientMessageId: string): boolean {
    return this.parts.outbox.discard(clientMessageId);
  }

  /**
   * The user has read up to a message, the newest one without `upTo`. What has not arrived yet is
   * not read by it: the position stops at a gap and moves on once the gap is filled.
   */
  markRead(upTo?: number): void {
    const { status } = this;
    const { timeline, readTracker } = this.parts;
    // What was missed while the group was on no screen is fetched now, and read then.
    if (status) timeline.noteLastSeq(status.lastSeq);
    const { lastSeq } = timeline;
    readTracker.markRead(Math.min(upTo ?? lastSeq, lastSeq));
  }

  /** The user has seen these messages, and only these. */
  markSeen(seqs: readonly number[]): void {
    this.parts.readTracker.markSeen(seqs);
  }

  /** Whether what is seen is left unread, because the user put the badge back. */
  get isReadingSuspended(): boolean {
    return this.parts.readTracker.isSuspended;
  }

  /** Puts the user's own badge back to a message; what others see stays. */
  markUnread(fromSeq: number): Promise<void> {
    return this.parts.readTracker.markUnread(fromSeq);
  }

  /**
   * The user has played a voice or video message, and with that has it and has read it. It is sent as soon as
   * possible, as reads are.
   */
  markPlayed(seq: number): void {
    this.markSeen([seq]);
    withExtras(this.#session, ({ markPlayed }) => markPlayed(this, seq));
  }

  /**
   * Who of the others has read a message, has it, or has not: a live list. It works while somebody is
   * subscribed and the group is open (`subscribe`); receipts of own messages come in any case.
   */
  watchReaders(seq: number): ReadersStore {
    return liveStore<Readers>(this, seq, { seq });
  }

  /** Who has a message, has read it, or has not, with times: a page, as of now. */
  async listReaders(seq: number, query?: ReaderQuery): Promise<ReceiptPage> {
    return (await loadExtras()).listReaders(this, seq, query);
  }

  /** Reminds those who have not read a message, or those of them who are chosen, every five minutes at most. */
  async remindUnread(
    seq: number,
    userIds?: readonly string[],
  ): Promise<{ reminded: number; reached: number }> {
    return (await loadExtras()).remindUnread(this, seq, userIds);
  }

  /** Settings and size of the group. */
  async get(): Promise<Group> {
    return (await loadExtras()).get(this);
  }

  /** Changes name or settings; owner and admins may. FORBIDDEN otherwise. */
  async update(change: GroupChange): Promise<Group> {
    return (await loadExtras()).update(this, change);
  }

  /** Deletes the group for all its members; only the owner may. */
  async delete(): Promise<void> {
    return (await loadExtras()).delete(this);
  }

  /** A page of the members: 100 without a `limit`, 500 at most; `next` of a page is the `cursor` of the next one. */
  async listMembers(query?: PageQuery): Promise<MemberPage> {
    return (await loadExtras()).listMembers(this, query);
  }

  /** Adds members, 5,000 at most; owner and admins may, and only the owner adds admins. */
  async addMembers(memberIds: readonly string[], role?: 'admin' | 'member'): Promise<void> {
    return (await loadExtras()).addMembers(this, memberIds, role);
  }

  /** `owner` hands the group over. */
  async changeRole(userId: string, role: Role): Promise<void> {
    return (await loadExtras()).changeRole(this, userId, role);
  }

  /** Removes a member; one's own id leaves the group. */
  async removeMember(userId: string): Promise<void> {
    return (await loadExtras()).removeMember(this, userId);
  }

  /** How the group reads, in the last seven days without `span`; by its `members` how each member does. */
  async stats(span?: StatsSpan): Promise<GroupStats> {
    return (await loadExtras()).stats(this, span);
  }

  /** Takes a message back. The request goes on when the page goes away. */
  async recall(seq: number): Promise<void> {
    // Not one of the extras: it may be the last that a page does.
    const path = `/groups/${toPathSegment(this.groupId)}/messages/${seq}`;
    await this.#session.http.request('DELETE', path, undefined, true);
    this.standing.recalled(seq);
  }

  /** The user is writing. Call it with every key: it is told every three seconds at most. */
  typing(): void {
    if (this.#session.hasExtras) withExtras(this.#session, ({ type }) => type(this.parts));
  }

  /** Calls back at each event of this group. Returns what ends it. */
  on<E extends keyof GroupEvents>(name: E, listener: (event: GroupEvents[E]) => void): Off {
    return this.#session.on(name, (event: GroupEvents[E]) => {
      if (event.groupId === this.groupId) listener(event);
    });
  }

  /** Calls back after anything of the snapshot, or any receipt, has changed. */
  readonly subscribeState: (listener: () => void) => Off = this.#snapshots.subscribe;

  /** The state, the same object until it changes. */
  readonly getSnapshot: () => GroupSnapshot = this.#snapshots.get;

  #take(): GroupSnapshot {
    const sent = this.parts.timeline.loaded.messages;
    return {
      status: this.status,
      messages: [...sent.map(asSent), ...this.parts.outbox.messages],
      readSeq: this.readSeq,
      unreadCount: this.countUnread(),
      isRemoved: this.isRemoved,
      firstUnread: this.firstUnread,
      typing: this.parts.typists?.userIds ?? nobody,
    };
  }
}
