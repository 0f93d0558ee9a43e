import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import type { Group, GroupStatus } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import type { NewGroup, SeenbyClientOptions } from './client-options.ts';
import type { ClientSnapshot } from './client-snapshot.ts';
import { routeFrame } from './frame-router.ts';
import type { GroupHandle } from './groups/group-handle.ts';
import { Groups, maxGroupsPerFrame } from './groups/groups.ts';
import { loadExtras, withExtras } from './groups/load-extras.ts';
import { PendingStore } from './pending/pending-store.ts';
import type { ReadingSession } from './read-state/reading-session.ts';
import { sendOnLeave } from './read-state/send-on-leave.ts';
import type { ClientEvents } from './session/events.ts';
import { Snapshots } from './session/snapshots.ts';
import { type TabMessage, Tabs } from './tabs.ts';
import { Connection } from './transport/connection.ts';
import type { ConnectionStatus } from './transport/connection-status.ts';
import { Emitter, type Off } from './transport/emitter.ts';
import { hostEnvironment, type PageEvent } from './transport/environment.ts';
import { Http } from './transport/http.ts';
import { SeenbyError, tokenCodes } from './transport/seenby-error.ts';
import { within } from './transport/time-limit.ts';
import { Tokens } from './transport/tokens.ts';
import type { ReceivedFrame } from './transport/websocket-transport.ts';

const leaveWithinMs = 5000;

type KnownOfClient = Pick<ReadingSession, 'host' | 'http' | 'pending'> & Standing;

/** What a client learns of itself as it goes along. */
interface Standing {
  userId: string;
  isConnected: boolean;
}

type Established = ReceivedFrame & { type: 'connection_established' };

type ClientSession = ReadingSession & Standing;

/** A user of the service: one connection, and the groups the user is in. */
export class SeenbyClient {
  readonly #events = new Emitter<ClientEvents>();
  readonly #snapshots = new Snapshots(() => this.#take());
  readonly #connection: Connection;
  readonly #tabs: Tabs;
  readonly #groups: Groups;
  readonly #session: ClientSession;
  readonly #httpUrl: string;
  readonly #prefetchGroups: number;
  /** Of the service's state: in another one nothing that is known here holds. */
  #epoch: string | undefined;
  #leavePage: Off | undefined;
  /** Callers of `connect`, to be told how the attempt ended. */
  #connecting: ((error?: SeenbyError) => void)[] = [];

  constructor(options: SeenbyClientOptions) {
    const { url, httpUrl, getToken, storage, environment, prefetchGroups = 3 } = options;
    this.#prefetchGroups = prefetchGroups;
    const host = { ...hostEnvironment, ...environment };
    const tokens = new Tokens(getToken, host);
    this.#httpUrl = httpUrl;
    this.#tabs = new Tabs(host, (message) => this.#receiveFromTab(message));
    this.#connection = new Connection({
      url,
      tokens,
      host,
      heartbeat: () => this.#heartbeat(),
      explain: () => this.#explain(url),
      onFrame: (frame) => this.#receive(frame),
      onStatus: (status) => this.#connectionChanged(status),
    });
    this.#session = this.#createSession({
      ...{ host, userId: '', isConnected: false },
      http: new Http(httpUrl, tokens, host),
      pending: new PendingStore(storage),
    });
    this.#groups = new Groups(this.#session);
  }

  /** Whether there is a connection, and when the next attempt to get one is. */
  get connection(): ConnectionStatus {
    return this.#connection.status;
  }

  /** Undefined until the service has said who the token is for. */
  get userId(): string | undefined {
    return this.#session.userId || undefined;
  }

  /** Unread messages over all groups. */
  get totalUnread(): number {
    return this.#groups.totalUnread;
  }

  /** The groups the user is in, the one with the newest message first. */
  groups(): readonly GroupStatus[] {
    return this.getSnapshot().groups;
  }

  /** The handle of a group, always the same for the same id. */
  group(groupId: string): GroupHandle {
    return this.#groups.get(groupId);
  }

  /**
   * Connects, and stays connected until `close`. Resolves once the state of the groups is here.
   * Rejects when an attempt fails: NO_TOKEN (`getToken` failed), UNAUTHORIZED or TOKEN_EXPIRED (the
   * token is refused), OFFLINE (the address is wrong, or cannot be reached), TIMEOUT, CLOSED. The
   * client tries again by itself all the same, until it is closed. Called while it waits to, it
   * tries at once.
   */
  connect(): Promise<void> {
    if (this.connection.state === 'connected') return Promise.resolve();
    this.#session.http.closed = undefined;
    this.#leavePage ??= this.#session.host.onPage((event) => this.#onPage(event));
    return new Promise((resolve, reject) => {
      this.#connecting.push((error) => (error ? reject(error) : resolve()));
      this.#connection.open();
      this.#connection.wake();
    });
  }

  /**
   * Sends what was read and disconnects. Resolves once that has arrived or cannot, in five seconds at
   * most. Whatever still waits for the connection, or needs it from now on, ends with CLOSED; requests
   * over HTTP need none.
   */
  async close(): Promise<void> {
    const left = sendOnLeave(this.#session);
    const error = new SeenbyError('CLOSED', 'Closed');
    this.#session.http.closed = error;
    this.#leavePage?.();
    this.#leavePage = undefined;
    for (const { standing, parts } of this.#groups.all()) {
      standing.stop();
      parts.outbox.close(error);
    }
    this.#groups.stop();
    this.#connection.close(error);
    this.#tabs.close();
    this.#settleConnect(error);
    await within(this.#session.host, leaveWithinMs, left).catch(() => {});
  }

  /** Makes a group; the caller is its owner. */
  async createGroup(group: NewGroup): Promise<Group> {
    return (await loadExtras()).createGroup(this.#session, this.#groups, group);
  }

  /** Whether the user gives, and so sees, read receipts in direct chats. */
  async getReadReceipts(): Promise<boolean> {
    const settings = await this.#session.http.request<AnswerOf<'GET /me/settings'>>(
      'GET',
      '/me/settings',
    );
    return settings.readReceipts;
  }

  /** Chooses whether the user gives, and so sees, read receipts in direct chats. */
  async setReadReceipts(readReceipts: boolean): Promise<void> {
    return (await loadExtras()).setReadReceipts(this.#session, this.#groups, readReceipts);
  }

  /** Any other route of the HTTP API; rejects with a SeenbyError. */
  request<T>(method: string, path: string, body?: object): Promise<T> {
    return this.#session.http.request(method, path, body);
  }

  /** Calls back at each event, of all groups. Returns what ends it. */
  on<E extends keyof ClientEvents>(name: E, listener: (event: ClientEvents[E]) => void): Off {
    return this.#events.on(name, listener);
  }

  /** Calls back after anything of the snapshot has changed. */
  readonly subscribeState: (listener: () => void) => Off = this.#snapshots.subscribe;

  /** The state, the same object until it changes. */
  readonly getSnapshot: () => ClientSnapshot = this.#snapshots.get;

  #createSession(known: KnownOfClient): ClientSession {
    const client = this;
    return {
      ...known,
      get totalUnread() {
        return client.totalUnread;
      },
      get deliveries() {
        return client.#groups.deliveries;
      },
      request: (frame) => this.#connection.request(frame),
      send: (frame) => this.#connection.send(frame),
      emit: (name, event) => this.#events.emit(name, event),
      on: (name, listener) => this.#events.on(name, listener),
      doubt: (...doubt) => this.#groups.checks.request(...doubt),
      sendToTabs: (message) => this.#tabs.send(message),
      changed: () => this.#snapshots.changed(),
    };
  }

  #connectionChanged(status: ConnectionStatus): void {
    this.#session.isConnected = status.state === 'connected';
    this.#snapshots.changed();
    if (status.state === 'waiting') {
      this.#settleConnect(status.error);
      // What was heard before the service said of which state it is, may be of one that is gone by then.
      if (!this.userId) this.#groups.forget();
    }
    this.#events.emit('connection', status);
  }

  #settleConnect(error?: SeenbyError): void {
    for (const settle of this.#connecting.splice(0)) settle(error);
  }

  async #explain(url: string): Promise<SeenbyError> {
    const cause = await this.getReadReceipts().catch((error: SeenbyError) => error);
    if (typeof cause === 'object' && tokenCodes.has(cause.code)) return cause;
    return new SeenbyError('OFFLINE', `No connection to ${url}.`, { cause });
  }

  #receive(frame: ReceivedFrame): void {
    // Only replies have a `requestId`; an error without one is about this connection.
    const isPush = frame.requestId === undefined && frame.type !== 'error';
    if (isPush) this.#tabs.send({ kind: 'pushed', frame });
    this.#dispatch(frame);
  }

  #dispatch(frame: ReceivedFrame): void {
    if (frame.type === 'connection_established') this.#establish(frame);
    else routeFrame(frame, this.#groups, this.#session);
    this.#events.emit('frame', frame);
  }

  #establish(frame: Established): void {
    if (this.userId !== frame.userId || this.#epoch === frame.epoch) this.#goOn(frame);
    else
      withExtras(this.#session, ({ restart }) => {
        restart(this.#session, this.#connection, this.#groups, frame);
        this.#goOn(frame);
      });
  }

  #goOn({ userId, groups, truncated, epoch }: Established): void {
    const { userId: before } = this;
    this.#session.userId = userId;
    this.#epoch = epoch;
    // A user of two services on one device is two users; what is pending may hold for one state of a service only.
    const name = `seenby ${this.#httpUrl} ${userId}${epoch ? ` ${epoch}` : ''}`;
    this.#session.pending.open(name, userId);
    // What somebody else had loaded is not this user's.
    if (before && before !== userId) this.#groups.forget();
    this.#tabs.open(name);
    this.#groups.take(groups, truncated);
    this.#groups.subscribe();
    for (const groupId of this.#session.pending.groupIds) this.group(groupId);
    this.#groups.resume();
    this.#settleConnect();
    // Not to be waited for: all else works without.
    withExtras(this.#session, ({ connected }) =>
      connected(this.#session, this.#groups, this.#prefetchGroups, truncated),
    );
  }

  #receiveFromTab(message: TabMessage): void {
    if (message.kind === 'pushed') {
      if (this.connection.state !== 'connected') this.#dispatch(message.frame);
      return;
    }
    this.group(message.groupId).standing.takeFromTab(message);
  }

  /** A heartbeat of the groups on the screen shows besides whether any push of theirs was lost. */
  #heartbeat(): ClientFrame {
    // While some reminders stand, others are not pushed.
    for (const { groupId, reminders } of this.#groups.statuses()) {
      if (reminders) this.#groups.checks.request(groupId, 0, true);
    }
    this.#groups.resume();
    const groupIds = this.#groups.openIds().slice(0, maxGroupsPerFrame);
    return groupIds.length > 0 ? { type: 'subscribe_group', groupIds } : { type: 'ping' };
  }

  #onPage(event: PageEvent): void {
    if (event === 'hidden') void sendOnLeave(this.#session);
    else this.#connection.wake();
  }

  #take(): ClientSnapshot {
    return {
      connection: this.connection,
      userId: this.userId,
      totalUnread: this.totalUnread,
      groups: this.#groups.statuses(),
    };
  }
}
