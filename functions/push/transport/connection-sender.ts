import { isThrottle, logFault, logWarning } from '../../runtime/log.ts';
import type { Timing } from '../../runtime/timing.ts';
import type { Connection, Connections } from '../../store/users/connections.ts';
import type { FramePoster } from './frame-poster.ts';
import type { SendLimiter } from './send-limiter.ts';

/** A frame as it is posted, and the connections it is for. */
export interface Post {
  data: string;
  connections: readonly Connection[];
  /** The group that the frame is about. */
  groupId?: string | undefined;
}

/** Connections that a frame has not reached. */
export interface Unreached {
  /** API Gateway took no post for them: its quota is used up, or the client's buffer is full. */
  refused: Connection[];
  failed: Connection[];
}

const closeAttempts = 3;

/** Posts frames to connections, and forgets the connections that are gone. */
export class ConnectionSender {
  readonly #connections: Connections;
  readonly #poster: FramePoster;
  readonly #timing: Timing;
  readonly #limiter: SendLimiter;
  /** What is forgotten at this moment: several frames find the same connection gone. */
  readonly #forgetting = new Map<string, Promise<void>>();

  constructor(connections: Connections, poster: FramePoster, timing: Timing, limiter: SendLimiter) {
    this.#connections = connections;
    this.#poster = poster;
    this.#timing = timing;
    this.#limiter = limiter;
  }

  /** Posts to each connection once; answers the ones that could not be reached. */
  async post({ data, connections, groupId }: Post): Promise<Unreached> {
    const unreached: Unreached = { refused: [], failed: [] };
    await Promise.all(
      connections.map(async (connection) => {
        const { connectionId } = connection;
        const post = () => this.#poster.post(connectionId, data);
        const delivery = await this.#limiter.pass(connectionId, post);
        if (delivery === 'gone') await this.#forgetGone(connection, groupId);
        else if (delivery !== 'sent') unreached[delivery].push(connection);
      }),
    );
    return unreached;
  }

  /**
   * Closes those connections that API Gateway holds and that took nothing all the same: their
   * clients do not read. Answers the others, which are to be tried again. While API Gateway refuses
   * many at once, that is all of them.
   */
  async closeUnresponsive(unreached: readonly Connection[]): Promise<Connection[]> {
    if (this.#limiter.isThrottled) return [...unreached];
    const pending: Connection[] = [];
    await Promise.all(
      unreached.map(async (connection) => {
        const found = await this.#poster.find(connection.connectionId);
        if (found === 'gone') await this.#forgetGone(connection);
        else if (found !== 'sent' || !(await this.closeConnection(connection)))
          pending.push(connection);
      }),
    );
    return pending;
  }

  /**
   * Closes a connection that takes nothing: its client comes back and catches up. False when even
   * that fails; the connection stays known, so that later frames may still reach it.
   */
  async closeConnection(connection: Connection): Promise<boolean> {
    const { random, wait } = this.#timing;
    for (let attempt = 1; attempt <= closeAttempts; attempt++) {
      if (attempt > 1) await wait(random() * 1000);
      const delivery = await this.#poster.close(connection.connectionId);
      if (delivery !== 'sent' && delivery !== 'gone') continue;
      await this.#tryTo(() => this.#connections.remove(connection));
      return true;
    }
    logFault('a connection takes nothing and cannot be closed', connection.connectionId);
    return false;
  }

  /** Once for all frames that find it gone meanwhile: a table that is slow is not asked for each of them. */
  #forgetGone(connection: Connection, groupId?: string): Promise<void> {
    const what = JSON.stringify([connection.connectionId, groupId]);
    const underWay = this.#forgetting.get(what);
    if (underWay) return underWay;
    const forgotten = this.#tryTo(() => this.#connections.removeGone(connection, groupId)).finally(
      () => this.#forgetting.delete(what),
    );
    this.#forgetting.set(what, forgotten);
    return forgotten;
  }

  async #tryTo(forget: () => Promise<void>): Promise<void> {
    try {
      await forget();
    } catch (error) {
      // Nothing is lost by it: the next post finds it gone as well.
      if (isThrottle(error)) logWarning('a request was throttled', { error: error.name });
      else logFault('a gone connection was not forgotten', error);
    }
  }
}
