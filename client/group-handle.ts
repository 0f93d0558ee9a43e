import type { Group, GroupStatus, Role } from '../protocol/entities.ts';
import { Conversation } from './conversation.ts';
import { Emitter, type Off } from './emitter.ts';
import type { GroupEvents } from './events.ts';
import type { GroupChange, MemberPage, ReaderPage, ReaderQuery } from './group-answers.ts';
import { GroupFrames } from './group-frames.ts';
import { asSent, type GroupSnapshot } from './group-snapshot.ts';
import { queryOf } from './http.ts';
import type {
  HistoryPage,
  HistoryQuery,
  SendOptions,
  SendOutcome,
  ShownMessage,
} from './messages.ts';
import { Outbox } from './outbox.ts';
import { isEmpty } from './pending-marks.ts';
import { Reading } from './reading.ts';
import { Receipts } from './receipts.ts';
import type { Session } from './session.ts';
import { Snapshots } from './snapshots.ts';
import type { ReceiptCounts } from './tracker.ts';
import { Typists } from './typists.ts';

/**
 * A group as its member uses it. Made by `SeenbyClient.group`. Methods that ask the service reject
 * with a `SeenbyError`.
 */
export class GroupHandle {
  readonly groupId: string;
  readonly #session: Session;
  readonly #events = new Emitter<GroupEvents>();
  readonly #snapshots: Snapshots<GroupSnapshot>;
  readonly #conversation: Conversation;
  readonly #receipts: Receipts;
  readonly #reading: Reading;
  readonly #outbox: Outbox;
  readonly #typists: Typists;
  readonly #frames: GroupFrames;
  #openings = 0;

  /** @internal */
  constructor(session: Session, groupId: string) {
    this.groupId = groupId;
    this.#session = session;
    const changed = () => {
      this.#snapshots.changed();
      session.changed();
    };
    this.#conversation = new Conversation(session, groupId, {
      arrived: (messages) => this.#frames.arrived(messages),
      loaded: (messages) => this.#frames.loaded(messages),
      missed: (fromSeq, toSeq) => session.emit('discontinuity', { groupId, fromSeq, toSeq }),
    });
    this.#receipts = new Receipts(session, groupId, (ranges, receipts) => {
      changed();
      session.emit('receipt', { groupId, ranges, receipts });
    });
    this.#reading = new Reading({
      session,
      groupId,
      changed,
      log: this.#conversation.log,
      tracksDelivery: () => this.#frames.status?.tracking === 'receipts',
    });
    this.#outbox = new Outbox(session, groupId, changed);
    this.#typists = new Typists(session.environment, changed);
    this.#frames = new GroupFrames({
      session,
      groupId,
      changed,
      conversation: this.#conversation,
      isOpen: () => this.isOpen,
      receipts: this.#receipts,
      reading: this.#reading,
      outbox: this.#outbox,
      typists: this.#typists,
    });
    this.#snapshots = new Snapshots(() => this.#take());
  }

  /** Undefined until the service has told of the group, and when the user is not in it. */
  get status(): GroupStatus | undefined {
    return this.#frames.status;
  }

  /** Stored messages by seq, then those on their way. */
  get messages(): readonly ShownMessage[] {
    return this.getSnapshot().messages;
  }

  /** Up to here the user has read everything. */
  get readSeq(): number {
    return this.#reading.badge.readSeq;
  }

  /** The first message the user has not read; undefined when there is none. */
  get firstUnread(): number | undefined {
    return this.#frames.firstUnread();
  }

  /** Whether `subscribe` was called more often than `unsubscribe`. */
  get isOpen(): boolean {
    return this.#openings > 0;
  }

  /** How many messages the user has not read, without own and recalled ones. */
  countUnread(): number {
    return this.#reading.badge.unreadCount;
  }

  /** Whether something was read or received here that the service has not confirmed yet. */
  get hasUnsentMarks(): boolean {
    return !isEmpty(this.#session.marks.of(this.groupId));
  }

  /**
   * How far a message has come, or undefined while nothing is known of it. It is the same object
   * until something changes.
   */
  getReceipt(seq: number): ReceiptCounts | undefined {
    return this.#receipts.tracker.get(seq);
  }

  /**
   * Opens the group on a screen: from now on, and after every reconnect, counts of all its messages
   * come by themselves. Resolves once that is so, or at once while there is no connection. When it
   * rejects the group is not open.
   */
  async subscribe(): Promise<void> {
    this.#openings += 1;
    if (this.#openings > 1) return;
    this.#reading.isSuspended = false;
    try {
      await this.#frames.ask('subscribe_group');
    } catch (error) {
      this.#openings -= 1;
      throw error;
    }
  }

  async unsubscribe(): Promise<void> {
    if (this.#openings === 0) return;
    this.#openings -= 1;
    if (this.#openings > 0) return;
    this.#conversation.trim();
    await this.#frames.ask('unsubscribe_group');
  }

  /** Loads a page of messages into `messages`: without a query, the newest, then ever older ones. */
  history(query: HistoryQuery = {}): Promise<HistoryPage> {
    return this.#conversation.history(query);
  }

  /**
   * Shows a message at once as `pending` and sends it as soon as possible. Resolves once it is
   * stored or refused; never rejects.
   */
  send(content: string, options: SendOptions = {}): Promise<SendOutcome> {
    return this.#outbox.send(content, options);
  }

  /** Sends a failed message again; false when there is none with this id. */
  retry(clientMessageId: string): boolean {
    return this.#outbox.retry(clientMessageId);
  }

  /** Drops a failed message; false when there is none with this id. */
  discard(clientMessageId: string): boolean {
    return this.#outbox.discard(clientMessageId);
  }

  /**
   * The user has read up to a message, the newest one without `upTo`. What has not arrived yet is
   * not read by it: the position stops at a gap and moves on once the gap is filled.
   */
  markRead(upTo?: number): void {
    const { status } = this;
    // What was missed while the group was on no screen is fetched now, and read then.
    if (status) this.#conversation.noteLastSeq(status.lastSeq);
    const { lastSeq } = this.#conversation;
    this.#reading.markRead(Math.min(upTo ?? lastSeq, lastSeq));
  }

  /** The user has seen these messages, and only these. */
  markSeen(seqs: readonly number[]): void {
    this.#reading.markSeen(seqs);
  }

  /** Whether what is seen is left unread, because the user put the badge back. */
  get isReadingSuspended(): boolean {
    return this.#reading.isSuspended;
  }

  /** Puts the user's own badge back to a message; what others see stays. */
  markUnread(fromSeq: number): Promise<void> {
    return this.#reading.markUnread(fromSeq);
  }

  /** The user has played a voice or video message. */
  async markPlayed(seq: number): Promise<void> {
    const messageId = this.#conversation.log.get(seq)?.messageId;
    if (messageId !== undefined) await this.#session.ask({ type: 'mark_played', messageId });
  }

  /** Who has a message, has read it, or has not, with times. */
  listReaders(seq: number, query: ReaderQuery = {}): Promise<ReaderPage> {
    return this.#request('GET', `/messages/${seq}/receipts${queryOf(query)}`);
  }

  /** Reminds those who have not read a message, every five minutes at most. */
  remindUnread(seq: number): Promise<{ reminded: number }> {
    return this.#request('POST', `/messages/${seq}/remind`);
  }

  /** Takes a message back. */
  async recall(seq: number): Promise<void> {
    await this.#request('DELETE', `/messages/${seq}`);
    this.#frames.recalled(seq);
  }

  /** The user is writing. Call it with every key: it is told every three seconds at most. */
  typing(): void {
    if (this.#session.isConnected && this.#typists.isDue()) {
      this.#session.tell({ type: 'typing', groupId: this.groupId });
    }
  }

  /** Settings and size of the group. */
  get(): Promise<Group> {
    return this.#request('GET', '');
  }

  async update(change: GroupChange): Promise<Group> {
    const group = await this.#request<Group>('PATCH', '', change);
    this.#frames.takeSettings(group);
    return group;
  }

  async delete(): Promise<void> {
    await this.#request('DELETE', '');
    this.#frames.leave();
  }

  listMembers(query: { cursor?: string; limit?: number } = {}): Promise<MemberPage> {
    return this.#request('GET', `/members${queryOf(query)}`);
  }

  async addMembers(memberIds: readonly string[], role?: 'admin' | 'member'): Promise<void> {
    await this.#request('POST', '/members', { memberIds, ...(role && { role }) });
  }

  /** `owner` hands the group over. */
  async changeRole(userId: string, role: Role): Promise<void> {
    await this.#request('PATCH', `/members/${userId}`, { role });
  }

  /** Removes a member; one's own id leaves the group. */
  async removeMember(userId: string): Promise<void> {
    await this.#request('DELETE', `/members/${userId}`);
    if (userId === this.#session.userId) this.#frames.leave();
  }

  on<E extends keyof GroupEvents>(name: E, listener: (event: GroupEvents[E]) => void): Off {
    return this.#events.on(name, listener);
  }

  /** Calls back after anything of the snapshot, or any receipt, has changed. */
  readonly subscribeState = (listener: () => void): Off => this.#snapshots.subscribe(listener);

  /** The state, the same object until it changes. */
  readonly getSnapshot = (): GroupSnapshot => this.#snapshots.get();

  /** @internal */
  get frames(): GroupFrames {
    return this.#frames;
  }

  /** @internal */
  emit<E extends keyof GroupEvents>(name: E, event: GroupEvents[E]): void {
    this.#events.emit(name, event);
  }

  #take(): GroupSnapshot {
    const sent = this.#conversation.log.messages;
    return {
      status: this.status,
      messages: [...sent.map(asSent), ...this.#outbox.messages],
      readSeq: this.readSeq,
      unreadCount: this.countUnread(),
      firstUnread: this.firstUnread,
      typing: this.#typists.userIds,
    };
  }

  #request<T>(method: string, path: string, body?: object): Promise<T> {
    return this.#session.http.request(method, `/groups/${this.groupId}${path}`, body);
  }
}
