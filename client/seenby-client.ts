import type { Group, GroupKind, GroupStatus, Visibility } from '../protocol/entities.ts';
import { Connection } from './connection.ts';
import { Emitter, type Off } from './emitter.ts';
import { type Environment, hostEnvironment, type PageEvent } from './environment.ts';
import type { ClientEvents, ConnectionStatus, GroupEvents } from './events.ts';
import type { GroupHandle } from './group-handle.ts';
import { Groups } from './groups.ts';
import { Http } from './http.ts';
import { leaveMarks } from './leave-marks.ts';
import type { ReceivedFrame } from './link.ts';
import { MarksStore, type SeenbyStorage } from './marks-store.ts';
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

/** Pushes that any tab of the user can make use of. */
const sharedPushes = new Set<ReceivedFrame['type']>([
  ...(['new_message', 'message_recalled', 'read_status_update'] as const),
  ...(['read_position', 'member_changed', 'typing_indicator'] as const),
]);

/** A user of the service: one connection, and the groups the user is in. */
export class SeenbyClient {
  readonly #events = new Emitter<ClientEvents>();
  readonly #snapshots = new Snapshots(() => this.#take());
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #marks: MarksStore;
  readonly #connection: Connection;
  readonly #tabs: Tabs;
  readonly #groups: Groups;
  readonly #httpUrl: string;
  #userId: string | undefined;
  #leavePage: Off | undefined;
  #established: PromiseWithResolvers<void> | undefined;

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
    this.#groups = new Groups(this.#createSession());
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
    return this.#groups.totalUnread;
  }

  /** The groups the user is in, the liveliest first. */
  groups(): readonly GroupStatus[] {
    return this.getSnapshot().groups;
  }

  /** The handle of a group, always the same for the same id. */
  group(groupId: string): GroupHandle {
    return this.#groups.get(groupId);
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
    leaveMarks(this.#http, this.#marks);
    this.#leavePage?.();
    this.#leavePage = undefined;
    for (const group of this.#groups.all()) group.frames.stop();
    this.#connection.close();
    this.#tabs.close();
    const error = new SeenbyError('CLOSED', 'The client was closed.');
    this.#established?.reject(error);
    this.#established = undefined;
  }

  /** Makes a group; the caller is its owner. */
  async createGroup(group: NewGroup): Promise<Group> {
    const created = await this.#http.request<Group>('POST', '/groups', group);
    await this.#groups.refresh();
    return created;
  }

  /** Whether the user gives, and so sees, read receipts in direct chats. */
  async getReadReceipts(): Promise<boolean> {
    const settings = await this.#http.request<{ readReceipts: boolean }>('GET', '/me/settings');
    return settings.readReceipts;
  }

  async setReadReceipts(readReceipts: boolean): Promise<void> {
    await this.#http.request('PUT', '/me/settings', { readReceipts });
    for (const { frames } of this.#groups.all()) frames.recount();
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
    const group = groupId === undefined ? undefined : this.#groups.find(groupId);
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
    if (isUnknown || concernsOwnMembership(frame, this.#userId)) void this.#groups.refresh();
  }

  #establish({ userId, groups }: ReceivedFrame & { type: 'connection_established' }): void {
    if (this.#userId !== userId) {
      this.#userId = userId;
      this.#marks.open(userId);
    }
    this.#tabs.open(this.#httpUrl, userId);
    this.#groups.take(groups);
    const open = this.#groups.openIds();
    for (let i = 0; i < open.length; i += mostGroupsPerFrame) {
      const groupIds = open.slice(i, i + mostGroupsPerFrame);
      this.#connection.ask({ type: 'subscribe_group', groupIds }).catch(() => {});
    }
    for (const groupId of this.#marks.groupIds) this.group(groupId);
    for (const { frames } of this.#groups.all()) frames.resume();
    this.#established?.resolve();
    this.#established = undefined;
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
    const groupIds = this.#groups.openIds().slice(0, mostGroupsPerFrame);
    return groupIds.length > 0 ? { type: 'subscribe_group', groupIds } : { type: 'ping' };
  }

  #onPage(event: PageEvent): void {
    if (event === 'hidden') leaveMarks(this.#http, this.#marks);
    else this.#connection.wake();
  }

  #take(): ClientSnapshot {
    return {
      connection: this.connection,
      userId: this.#userId,
      totalUnread: this.totalUnread,
      groups: this.#groups.statuses(),
    };
  }
}

function groupOf(frame: ReceivedFrame): string | undefined {
  if (frame.type === 'message_sent') return frame.message.groupId;
  return 'groupId' in frame ? frame.groupId : undefined;
}

const concernsOwnMembership = (frame: ReceivedFrame, userId: string | undefined): boolean =>
  frame.type === 'member_changed' && frame.userId === userId;
