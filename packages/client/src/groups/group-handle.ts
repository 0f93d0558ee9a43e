import type {
  Group,
  GroupStatus,
  MemberPage,
  ReceiptPage,
  Role,
} from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
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
import { queryOf } from '../transport/http.ts';
import { isHidden, toSeenbyError } from '../transport/seenby-error.ts';
import { assembleGroup } from './assemble-group.ts';
import type { GroupParts } from './group-parts.ts';
import type { GroupChange, ReaderQuery } from './group-requests.ts';
import { asSent, type GroupSnapshot } from './group-snapshot.ts';
import type { GroupState } from './group-state.ts';

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

  /** @internal */
  constructor(session: ReadingSession, groupId: string) {
    this.groupId = groupId;
    this.#session = session;
    const { parts, state } = assembleGroup(session, groupId, () => {
      this.#snapshots.changed();
      session.changed();
    });
    this.parts = parts;
    this.standing = state;
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
   *
   * ```ts
   * const receipt = group.getReceipt(message.seq);
   * if (receipt) label.textContent = `Read by ${receipt.others.read} of ${receipt.others.total}`;
   * ```
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

  /** The user has played a voice or video message. */
  async markPlayed(seq: number): Promise<void> {
    const messageId = this.parts.timeline.loaded.get(seq)?.messageId;
    if (messageId === undefined) return;
    const played = this.#session.request({ type: 'mark_played', messageId });
    // No answer says where the user stands now: a badge that they put back may be gone as well.
    await played.finally(() => this.#session.doubt(this.groupId, 0, true));
  }

  /** Who has a message, has read it, or has not, with times. */
  listReaders(seq: number, query?: ReaderQuery): Promise<ReceiptPage> {
    return this.#request('GET', `/messages/${seq}/receipts${queryOf(query)}`);
  }

  /** Reminds those who have not read a message, or those of them who are chosen, every five minutes at most. */
  remindUnread(
    seq: number,
    userIds?: readonly string[],
  ): Promise<{ reminded: number; reached: number }> {
    return this.#request('POST', `/messages/${seq}/remind`, { userIds });
  }

  /** Takes a message back. The request goes on when the page goes away. */
  async recall(seq: number): Promise<void> {
    await this.#request('DELETE', `/messages/${seq}`, undefined, true);
    this.standing.recalled(seq);
  }

  /** The user is writing. Call it with every key: it is told every three seconds at most. */
  typing(): void {
    if (this.#session.isConnected && this.parts.typists.isDue()) {
      this.#session.send({ type: 'typing', groupId: this.groupId });
    }
  }

  /** Settings and size of the group. */
  get(): Promise<Group> {
    return this.#request('GET', '');
  }

  /** Changes name or settings; owner and admins may. FORBIDDEN otherwise. */
  async update(change: GroupChange): Promise<Group> {
    const group = await this.#request<Group>('PATCH', '', change);
    this.standing.takeSettings(group);
    return group;
  }

  /** Deletes the group for all its members; only the owner may. */
  async delete(): Promise<void> {
    await this.#request('DELETE', '');
    this.standing.leave('deleted');
  }

  /** A page of the members: 100 without a `limit`, 500 at most; `next` of a page is the `cursor` of the next one. */
  listMembers(query?: { cursor?: string; limit?: number }): Promise<MemberPage> {
    return this.#request('GET', `/members${queryOf(query)}`);
  }

  /** Adds members, 5,000 at most; owner and admins may, and only the owner adds admins. */
  async addMembers(memberIds: readonly string[], role?: 'admin' | 'member'): Promise<void> {
    await this.#request('POST', '/members', { memberIds, role });
  }

  /** `owner` hands the group over. */
  async changeRole(userId: string, role: Role): Promise<void> {
    await this.#request('PATCH', `/members/${toPathSegment(userId)}`, { role });
  }

  /** Removes a member; one's own id leaves the group. */
  async removeMember(userId: string): Promise<void> {
    await this.#request('DELETE', `/members/${toPathSegment(userId)}`);
    if (userId === this.#session.userId) this.standing.leave('left');
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
      typing: this.parts.typists.userIds,
    };
  }

  async #request<T>(method: string, path: string, body?: object, keepalive?: boolean): Promise<T> {
    const address = `/groups/${toPathSegment(this.groupId)}${path}`;
    try {
      return await this.#session.http.request<T>(method, address, body, keepalive);
    } catch (error) {
      // The user may be somebody else in the group than is known here, or nobody.
      if (isHidden(toSeenbyError(error))) this.#session.doubt(this.groupId, 0, true);
      throw error;
    }
  }
}
