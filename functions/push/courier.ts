import { logFault } from '../log.ts';
import type { Connection, Connections } from '../store/connections.ts';
import type { FramePoster } from './frame-poster.ts';
import type { Pace } from './pace.ts';
import { PostGate } from './post-gate.ts';

/** A frame, ready to be posted, and the connections it is for. */
export interface Parcel {
  data: string;
  connections: readonly Connection[];
  /** The group it tells of: whoever has left by the time of a retry gets nothing. */
  groupId?: string | undefined;
  /** Whether these connections were not reached before. */
  isRetry: boolean;
  /** When the frame was made, in epoch milliseconds. */
  madeAt: number;
  /** How long to wait for its share of what the account allows, in milliseconds. */
  delayMs: number;
  /** How fast posts may begin. */
  postsPerSecond: number;
}

const closeAttempts = 3;

/** Takes frames to connections, and forgets the connections that are gone. */
export class Courier {
  readonly #connections: Connections;
  readonly #poster: FramePoster;
  readonly #pace: Pace;
  readonly #gate: PostGate;

  constructor(connections: Connections, poster: FramePoster, pace: Pace) {
    this.#connections = connections;
    this.#poster = poster;
    this.#pace = pace;
    this.#gate = new PostGate(pace);
  }

  /** Posts to each connection once; answers the ones that could not be reached. */
  async post(parcel: Pick<Parcel, 'data' | 'connections' | 'postsPerSecond'>) {
    const { data, connections, postsPerSecond } = parcel;
    const failed: Connection[] = [];
    await Promise.all(
      connections.map(async (connection) => {
        const { connectionId } = connection;
        const post = () => this.#poster.post(connectionId, data);
        const delivery = await this.#gate.pass(postsPerSecond, post);
        if (delivery === 'gone') await this.#forget(connection);
        if (delivery === 'failed') failed.push(connection);
      }),
    );
    return failed;
  }

  /** How long others who post for this sandbox have to wait for their turn, in milliseconds. */
  reserve(posts: number, postsPerSecond: number): number {
    return this.#gate.reserve(posts, postsPerSecond);
  }

  /**
   * Ends a connection that takes nothing: its client comes back and catches up. False when even
   * that fails; it is then remembered, so that later frames may still reach it.
   */
  async cutOff(connection: Connection): Promise<boolean> {
    const { random, wait } = this.#pace;
    for (let attempt = 1; attempt <= closeAttempts; attempt++) {
      if (attempt > 1) await wait(random() * 1000);
      if ((await this.#poster.close(connection.connectionId)) === 'failed') continue;
      await this.#forget(connection);
      return true;
    }
    logFault('a connection takes nothing and cannot be closed', connection.connectionId);
    return false;
  }

  /** With its subscriptions; a connection that replaced it has another id and stays. */
  async #forget(connection: Connection): Promise<void> {
    try {
      await this.#connections.remove(connection);
    } catch (error) {
      logFault('a gone connection was not forgotten', error);
    }
  }
}
