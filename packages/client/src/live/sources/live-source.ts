import type { Session } from '../../session/session.ts';
import { Snapshots } from '../../session/snapshots.ts';
import { callSafely, type Off } from '../../transport/emitter.ts';
import { isPassing, pauseAfter, type SeenbyError } from '../../transport/seenby-error.ts';
import { Throttle } from '../../transport/throttle.ts';
import type { ReceivedFrame } from '../../transport/websocket-transport.ts';
import type { LiveGroup } from '../live-group.ts';
import type { LiveState, LiveStatus } from '../live-store.ts';
import type { WatchedStore } from '../watched-store.ts';
import type { Asking, LiveContent } from './live-content.ts';

const retryMs = 3000;
/** Without a connection there is one soon, or none for a while: lists need none. */
const connectingMs = 2000;
/**
 * A list is asked for every three seconds at most, and a long one less often: the service takes two such requests a
 * second of a user, for all that they look at.
 */
const minIntervalMs = 3000;
const intervalMsPerLine = 20;

/**
 * Keeps what some stores show up to date as long as one of them is watched: it is asked for at the beginning,
 * after every reconnect, and when what is heard of it does not say enough. An answer that was asked for before
 * a frame came is older than the frame, which is then taken once more.
 */
export class LiveSource<S extends LiveState> implements Asking {
  isLoaded = false;
  readonly #group: LiveGroup;
  readonly #session: Session;
  readonly #content: LiveContent<S>;
  readonly #stores = new Set<WatchedStore<S>>();
  #offs: Off[] = [];
  #asking: Throttle;
  /** Grows when what was asked for before is not to be taken. */
  #round = 0;
  /** While it is asked for: what has come since. */
  #heard: ReceivedFrame[] | undefined;
  #failure: SeenbyError | undefined;
  #view: unknown;
  #userId = '';
  /** There is no connection, and none is being made. */
  #isOffline = false;
  #hadStatus = false;
  readonly #snapshots = new Snapshots<S>(() => this.#content.show(this.#liveState));

  constructor(group: LiveGroup, content: (asking: Asking) => LiveContent<S>) {
    this.#group = group;
    this.#session = group.parts.session;
    this.#content = content(this);
    this.#asking = this.#throttle();
    this.#view = this.#content.viewed;
    this.#snapshots.subscribe(() => this.#tell());
  }

  attach(store: WatchedStore<S>): void {
    const isFirst = this.#stores.size === 0;
    const { get } = this.#snapshots;
    // Without a network one that is here may show meanwhile that nothing can be loaded.
    if (this.#stores.has(store) && store.take === get) return;
    this.#stores.add(store);
    store.take = get;
    this.changed();
    if (isFirst) this.#start();
  }

  /** Answers whether it was the last one. */
  detach(store: WatchedStore<S>): boolean {
    const isLast = this.#stores.delete(store) && this.#stores.size === 0;
    if (isLast) this.#stop();
    return isLast;
  }

  again(delayMs = 0): void {
    this.#asking.request(delayMs);
  }

  /** Of many who hear of the same change, each asks at another time. */
  againSoon(): void {
    this.again(this.#intervalMs * this.#session.host.random());
  }

  changed(): void {
    this.#snapshots.changed();
  }

  #tell(): void {
    for (const { watchers } of this.#stores) {
      for (const watcher of [...watchers]) callSafely(watcher);
    }
  }

  get #liveState(): LiveState {
    const error = this.#failure;
    return { status: this.#status, ...(error && { error }) };
  }

  get #status(): LiveStatus {
    if (this.#isRefused) return 'refused';
    if (this.#failure || this.#isOffline) return 'offline';
    return this.isLoaded ? 'ready' : 'loading';
  }

  get #isRefused(): boolean {
    return this.#failure !== undefined && !isPassing(this.#failure);
  }

  get #intervalMs(): number {
    return Math.max(minIntervalMs, intervalMsPerLine * this.#content.size);
  }

  #start(): void {
    const { on } = this.#session;
    this.#offs = [
      on('frame', (frame) => this.#hear(frame)),
      on('connection', ({ state }) => {
        this.#isOffline = state === 'waiting' || state === 'closed';
        if (state === 'connected') this.#askAnew();
        else this.#asking.cancel();
        this.#look();
        this.changed();
      }),
      this.#group.subscribeState(() => this.#look()),
    ];
    this.#isOffline = false;
    this.#look();
    this.#askAnew(this.#session.isConnected ? 0 : connectingMs);
  }

  #stop(): void {
    for (const off of this.#offs) off();
    this.#giveUp();
  }

  /** What is on its way does not count. */
  #giveUp(): void {
    this.#round += 1;
    this.#heard = undefined;
    this.#asking.cancel();
  }

  #throttle(): Throttle {
    const source = this;
    const { host } = this.#session;
    return new Throttle({
      host,
      get intervalMs() {
        return source.#intervalMs;
      },
      run: () => source.#ask(),
    });
  }

  /** At once, and what is on its way does not count. */
  #askAnew(delayMs = 0): void {
    this.#giveUp();
    this.#asking = this.#throttle();
    this.#asking.request(delayMs);
  }

  /** Answers how long the next attempt has to wait, if there is to be one. */
  async #ask(): Promise<number | undefined> {
    const round = this.#round;
    const isWanted = () => round === this.#round;
    this.#heard = [];
    try {
      await this.#content.fetch(isWanted);
      if (isWanted()) this.#loaded();
    } catch (error) {
      if (isWanted()) return this.#failed(error as SeenbyError);
    }
    return undefined;
  }

  #loaded(): void {
    this.isLoaded = true;
    this.#failure = undefined;
    const heard = this.#heard ?? [];
    this.#heard = undefined;
    for (const frame of heard) this.#content.hear(frame);
    // What changed in the group meanwhile may not be in the answer.
    this.#content.look();
    this.changed();
  }

  #failed(error: SeenbyError): number | undefined {
    this.#failure = error;
    this.#heard = undefined;
    this.#hadStatus = this.#group.status !== undefined;
    const pauseMs = pauseAfter(error, retryMs * (1 + this.#session.host.random()));
    if (pauseMs === undefined) this.#forget();
    this.changed();
    // The next connection asks.
    return this.#session.isConnected ? pauseMs : undefined;
  }

  #forget(): void {
    this.isLoaded = false;
    this.#content.forget();
  }

  #hear(frame: ReceivedFrame): void {
    const { groupId } = frame as { groupId?: string };
    if (groupId !== undefined && groupId !== this.#group.groupId) return;
    this.#heard?.push(frame);
    this.#content.hear(frame);
  }

  /** Something in the group has changed. */
  #look(): void {
    const { userId } = this.#session;
    const isOther = this.#userId !== '' && this.#userId !== userId;
    this.#userId = userId;
    const view = this.#content.viewed;
    const hasJoined = this.#isRefused && !this.#hadStatus && this.#group.status !== undefined;
    if (!isOther && view === this.#view && !hasJoined) {
      this.#content.look();
      return;
    }
    this.#view = view;
    this.#failure = undefined;
    this.#forget();
    this.#askAnew();
    this.changed();
  }
}
