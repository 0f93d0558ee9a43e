import type { Group, GroupKind, GroupStatus, Visibility } from '../protocol/entities.ts';
import { Connection } from './connection.ts';
import { Emitter, type Off } from './emitter.ts';
import { type Environment, hostEnvironment, type PageEvent } from './environment.ts';
import type { ClientEvents, ConnectionStatus, GroupEvents } from './events.ts';
import { GroupHandle } from './group-handle.ts';
import { Http } from './http.ts';
import type { ReceivedFrame } from './link.ts';
import { MarksStore, type SeenbyStorage } from './marks-store.ts';
import { hasRead } from './pending-marks.ts';
import { SeenbyError } from './seenby-error.ts';
import type { Ask, Session } from './session.ts';
import { Snapshots } from './snapshots.ts';
import { type TabMessage, Tabs } from './tabs.ts';
import { type GetToken, Tokens } from './tokens.ts';

export interface SeenbyClientOptions {
  /** Address of the WebSocket API: `wss://…`. */
  url: string;
  /** Address of the HTTP API: `https://…`. */
  httpUrl: string;
  /** Asked for a JWT of the user whenever the one at hand is no longer good. */
  getToken: GetToken;
  /** Where reads that could not be sent survive the page, such as `localStorage`. */
  storage?: SeenbyStorage;
  /** Replaces clock, timers, sockets and the like; for tests and unusual hosts. */
  environment?: Partial<Environment>;
}

export interface ClientSnapshot {
  readonly connection: ConnectionStatus;
  /** Undefined until the service has said who the token is for. */
  readonly userId: string | undefined;
  readonly totalUnread: number;
  /** The liveliest first. */
  readonly groups: readonly GroupStatus[];
}

export interface NewGroup {
  groupId?: string;
  name: string;
  memberIds: readonly string[];
  kind?: GroupKind;
  tracking?: 'receipts' | 'positions' | 'auto';
  visibility?: Visibility;
  /** How many messages back a new member begins; 100 by default. */
  historyForNewMembers?: number;
}

const mostGroupsPerFrame = 50;
const mostPositionsPerRequest = 100;

/** Pushes that any tab of the user can make use of. */
const sharedPushes = new Set<ReceivedFrame['type']>([
  ...(['new_message', 'message_recalled', 'read_status_update'] as const),
  ...(['read_position', 'member_changed', 'typing_indicator'] as const),
]);

/** A user of the service: one connection, and the groups the user is in. */
export class SeenbyClient {
  readonly #events = new Emitter<ClientEvents>();
  readonly #snapshots = new Snapshots(() => this.#take());
  readonly #groups = new Map<string, GroupHandle>();
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #marks: MarksStore;
  readonly #connection: Connection;
  readonly #tabs: Tabs;
  readonly #session: Session;
  readonly #httpUrl: string;
  #userId: string | undefined;
  #leavePage: Off | undefined;
  #established: PromiseWithResolvers<void> | undefined;
  #isListStale = false;
  #refreshing: Promise<void> | undefined;

  constructor(options: SeenbyClientOptions) {
    const { url, httpUrl, getToken, storage } = options;
    this.#environment = { ...hostEnvironment, ...options.environment };
    const environment = this.#environment;
    const tokens = new Tokens(getToken, environment.now);
    this.#httpUrl = httpUrl;
    this.#http = new Http(httpUrl, tokens, environment);
    this.#marks = new MarksStore(storage);
    this.#tabs = new Tabs(environment, (message) => this.#receiveFromTab(message));
    this.#connection = new Connection({
      url,
      tokens,
      environment,
      heartbeat: () => this.#heartbeat(),
      onFrame: (frame) => this.#receive(frame),
      onStatus: (status) => this.#connectionChanged(status),
    });
    this.#session = this.#createSession();
  }

  get connection(): ConnectionStatus {
    return this.#connection.status;
  }

  /** Undefined until the service has said who the token is for. */
  get userId(): string | undefined {
    return this.#userId;
  }

  /** Unread messages over all groups. */
  get totalUnread(): number {
    let total = 0;
    for (const { frames } of this.#groups.values()) total += frames.unreadCount;
    return total;
  }

  /** The groups the user is in, the liveliest first. */
  groups(): readonly GroupStatus[] {
    return this.getSnapshot().groups;
  }

  /** The handle of a group, always the same for the same id. */
  group(groupId: string): GroupHandle {
    const known = this.#groups.get(groupId);
    if (known) return known;
    const group = new GroupHandle(this.#session, groupId);
    this.#groups.set(groupId, group);
    return group;
  }

  /**
   * Connects, and stays connected until `close`. Resolves once the state of all groups is here,
   * however many attempts that takes; rejects when the client is closed before. Called while the
   * client waits for its next attempt, it makes that attempt at once.
   */
  connect(): Promise<void> {
    if (this.connection.state === 'connected') return Promise.resolve();
    this.#established ??= Promise.withResolvers();
    this.#leavePage ??= this.#environment.onPage((event) => this.#onPage(event));
    this.#connection.open();
    this.#connection.wake();
    return this.#established.promise;
  }

  /** Sends what is left to send and disconnects. */
  close(): void {
    this.#flush();
    this.#leavePage?.();
    this.#leavePage = undefined;
    for (const group of this.#groups.values()) group.frames.stop();
    this.#connection.close();
    this.#tabs.close();
    const error = new SeenbyError('CLOSED', 'The client was closed.');
    this.#established?.reject(error);
    this.#established = undefined;
  }

  /** Makes a group; the caller is its owner. */
  async createGroup(group: NewGroup): Promise<Group> {
    const created = await this.#http.request<Group>('POST', '/groups', group);
    await this.#refresh();
    return created;
  }

  /** Whether the user gives, and so sees, read receipts in direct chats. */
  async getReadReceipts(): Promise<boolean> {
    const settings = await this.#http.request<{ readReceipts: boolean }>('GET', '/me/settings');
    return settings.readReceipts;
  }

  async setReadReceipts(readReceipts: boolean): Promise<void> {
    await this.#http.request('PUT', '/me/settings', { readReceipts });
    for (const { frames } of this.#groups.values()) frames.recount();
  }

  /** Any other route of the HTTP API; rejects with a SeenbyError. */
  request<T>(method: string, path: string, body?: object): Promise<T> {
    return this.#http.request(method, path, body);
  }

  on<E extends keyof ClientEvents>(name: E, listener: (event: ClientEvents[E]) => void): Off {
    return this.#events.on(name, listener);
  }

  /** Calls back after anything of the snapshot has changed. */
  readonly subscribeState = (listener: () => void): Off => this.#snapshots.subscribe(listener);

  /** The state, the same object until it changes. */
  readonly getSnapshot = (): ClientSnapshot => this.#snapshots.get();

  #createSession(): Session {
    const client = this;
    return {
      environment: this.#environment,
      http: this.#http,
      marks: this.#marks,
      get userId() {
        return client.#userId ?? '';
      },
      get isConnected() {
        return client.connection.state === 'connected';
      },
      get totalUnread() {
        return client.totalUnread;
      },
      ask: (frame) => this.#connection.ask(frame),
      tell: (frame) => this.#connection.tell(frame),
      emit: (name, event) => this.#emit(name, event),
      tellTabs: (message) => this.#tabs.tell(message),
      changed: () => this.#snapshots.changed(),
    };
  }

  #emit<E extends keyof ClientEvents>(name: E, event: ClientEvents[E]): void {
    this.#events.emit(name, event);
    const groupId = 'groupId' in event ? event.groupId : undefined;
    const group = groupId === undefined ? undefined : this.#groups.get(groupId);
    group?.emit(name as keyof GroupEvents, event as GroupEvents[keyof GroupEvents]);
  }

  #connectionChanged(status: ConnectionStatus): void {
    this.#snapshots.changed();
    this.#emit('connection', status);
  }

  #receive(frame: ReceivedFrame): void {
    if (sharedPushes.has(frame.type)) this.#tabs.tell({ kind: 'pushed', frame });
    this.#dispatch(frame);
  }

  #dispatch(frame: ReceivedFrame): void {
    const groupId = groupOf(frame);
    if (frame.type === 'connection_established') this.#establish(frame);
    else if (groupId !== undefined) this.#receiveForGroup(groupId, frame);
    else if (frame.type === 'system_notification') {
      this.#emit('notification', { text: frame.text });
    } else if (frame.type === 'error' && frame.requestId === undefined) {
      // An error that answers a request reaches who asked; of this one nobody else would hear.
      this.#emit('error', { error: new SeenbyError(frame.code, frame.message, frame) });
    }
  }

  #receiveForGroup(groupId: string, frame: ReceivedFrame): void {
    const group = this.group(groupId);
    group.frames.receive(frame);
    // A group may be too new for the list that a connection begins with.
    const isInGroup = frame.type === 'new_message' || frame.type === 'subscription_confirmed';
    const isUnknown = !group.status && isInGroup;
    if (isUnknown || concernsOwnMembership(frame, this.#userId)) void this.#refresh();
  }

  #establish({ userId, groups }: ReceivedFrame & { type: 'connection_established' }): void {
    if (this.#userId !== userId) {
      this.#userId = userId;
      this.#marks.open(userId);
    }
    this.#tabs.open(this.#httpUrl, userId);
    this.#takeGroups(groups);
    const open = [...this.#groups.values()].filter(({ isOpen }) => isOpen);
    for (let i = 0; i < open.length; i += mostGroupsPerFrame) {
      const groupIds = open.slice(i, i + mostGroupsPerFrame).map(({ groupId }) => groupId);
      this.#connection.ask({ type: 'subscribe_group', groupIds }).catch(() => {});
    }
    for (const groupId of this.#marks.groupIds) this.group(groupId);
    for (const { frames } of this.#groups.values()) frames.resume();
    this.#established?.resolve();
    this.#established = undefined;
  }

  #takeGroups(statuses: readonly GroupStatus[]): void {
    for (const status of statuses) this.group(status.groupId).frames.establish(status);
    const present = new Set(statuses.map(({ groupId }) => groupId));
    for (const { groupId, frames } of this.#groups.values()) {
      if (!present.has(groupId)) frames.leave();
    }
    this.#snapshots.changed();
  }

  /**
   * The list of groups has changed. Several changes at a time cost one request, and what changes
   * during it another one after it: of two under way the older answer could come last.
   */
  #refresh(): Promise<void> {
    this.#isListStale = true;
    this.#refreshing ??= this.#listGroups().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #listGroups(): Promise<void> {
    await Promise.resolve();
    while (this.#isListStale) {
      this.#isListStale = false;
      try {
        const { groups } = await this.#http.request<{ groups: GroupStatus[] }>('GET', '/me/unread');
        this.#takeGroups(groups);
      } catch {
        // The next connection tells all of it.
      }
    }
  }

  #receiveFromTab(message: TabMessage): void {
    if (message.kind === 'pushed') {
      if (this.connection.state !== 'connected') this.#dispatch(message.frame);
      return;
    }
    const { reading } = this.group(message.groupId).frames;
    if (message.kind === 'marked') reading.takeMarks(message.marks);
    else reading.takeUnread(message.fromSeq);
  }

  /** A heartbeat of the groups on the screen shows besides whether any push of theirs was lost. */
  #heartbeat(): Ask {
    const open = [...this.#groups.values()].filter(({ isOpen }) => isOpen);
    const groupIds = open.slice(0, mostGroupsPerFrame).map(({ groupId }) => groupId);
    return groupIds.length > 0 ? { type: 'subscribe_group', groupIds } : { type: 'ping' };
  }

  #onPage(event: PageEvent): void {
    if (event === 'hidden') this.#flush();
    else this.#connection.wake();
  }

  /** The page may not come back: what waits goes out by a request that outlives it. */
  #flush(): void {
    const pending = this.#marks.groupIds.map((groupId) => ({
      groupId,
      ...this.#marks.of(groupId),
    }));
    const positions = pending
      .filter(({ readUpTo }) => readUpTo > 0)
      .map(({ groupId, readUpTo }) => ({ groupId, upTo: readUpTo }));
    const messageIds = pending.flatMap(({ single }) => single.map(({ messageId }) => messageId));
    const most = mostPositionsPerRequest;
    if (positions.length > 0) this.#http.leave('/me/read', { positions: positions.slice(0, most) });
    if (messageIds.length > 0) {
      this.#http.leave('/me/read', { messageIds: messageIds.slice(0, most) });
    }
    for (const { groupId, deliveredUpTo, ...marks } of pending) {
      if (deliveredUpTo === 0 || hasRead({ ...marks, deliveredUpTo })) continue;
      this.#http.leave(`/groups/${groupId}/delivered`, { upTo: deliveredUpTo });
    }
  }

  #take(): ClientSnapshot {
    const groups = [...this.#groups.values()].flatMap(({ status }) => status ?? []);
    return {
      connection: this.connection,
      userId: this.#userId,
      totalUnread: this.totalUnread,
      groups: groups.sort((a, b) => lastAt(b) - lastAt(a)),
    };
  }
}

const lastAt = ({ lastMessage }: GroupStatus): number => lastMessage?.createdAt ?? 0;

function groupOf(frame: ReceivedFrame): string | undefined {
  if (frame.type === 'message_sent') return frame.message.groupId;
  return 'groupId' in frame ? frame.groupId : undefined;
}

const concernsOwnMembership = (frame: ReceivedFrame, userId: string | undefined): boolean =>
  frame.type === 'member_changed' && frame.userId === userId;
