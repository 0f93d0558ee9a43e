import { chunks } from '@seenby/core/chunks.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { logFault, logWarning } from '../../runtime/log.ts';
import type { Connection } from '../../store/users/connections.ts';
import type { Unreached } from '../transport/connection-sender.ts';
import type { PushJob } from './push-job.ts';
import { firstPauseMs, type PushParts } from './run-push-job.ts';

/**
 * Above this a frame goes by way of the queue: how many Lambdas post from there is bounded, where
 * requests come in any number and each of them would post at its own full rate.
 */
const maxDirectConnections = 100;

/** Pauses before what the queue did not take is posted from here, again and again. */
const directPausesMs = [0, 1000, 2000];

export interface DispatcherParts extends Omit<PushParts, 'usage'> {
  /** Connections that one Lambda posts to. */
  sliceSize: number;
}

/**
 * Decides from where frames are posted: to a few connections from here, to many by way of a queue.
 * Connections that were not reached are tried again by way of the queue as well, so that a slow
 * client delays no other one.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** A reply, to the connection that asked. Never throws. */
  send(frame: ServerFrame, connections: readonly Connection[]): Promise<void> {
    return this.#dispatch(frame, connections, {});
  }

  /**
   * A push, which is for members alone if it is about a group that they have. Never throws: what was written stays
   * acknowledged whether or not anybody was reached.
   */
  push(frame: ServerFrame, connections: readonly Connection[]): Promise<void> {
    const isForMembers = 'groupId' in frame && frame.type !== 'group_removed';
    return this.#dispatch(frame, connections, isForMembers ? { groupId: frame.groupId } : {});
  }

  async #dispatch(
    frame: ServerFrame,
    connections: readonly Connection[],
    about: Pick<PushJob, 'groupId'>,
  ): Promise<void> {
    const madeAt = this.#parts.timing.clock();
    const data = JSON.stringify({ ...frame, timestamp: madeAt });
    const job: PushJob = { ...about, madeAt, attempt: 0, data, connections };
    if (connections.length > maxDirectConnections) await this.#queueSlices(job);
    else await this.#postFromHere(job);
  }

  async #queueSlices(job: PushJob): Promise<void> {
    const slices = chunks(job.connections, this.#parts.sliceSize);
    await Promise.all(slices.map((connections) => this.#queue({ ...job, connections }, 0)));
  }

  async #postFromHere(job: PushJob): Promise<void> {
    const { refused, failed } = await this.#parts.connectionSender.post(job);
    const connections = [...refused, ...failed];
    if (connections.length === 0) return;
    await this.#queue({ ...job, connections, attempt: 1 }, firstPauseMs);
  }

  async #queue(job: PushJob, delayMs: number): Promise<void> {
    try {
      await this.#parts.queue(job, delayMs);
    } catch (error) {
      logFault('a frame was not queued', error, { connections: job.connections.length });
      await this.#pushWithoutQueue(job);
    }
  }

  /**
   * A connection that is not reached is closed, so that its client comes back. Of those that API Gateway
   * refused, one is closed if a look-up finds it. While the quota is used up no look-up is answered: all of
   * them would come back at once.
   */
  async #pushWithoutQueue(job: PushJob): Promise<void> {
    const { connectionSender } = this.#parts;
    let unreached: Unreached = { refused: [], failed: [...job.connections] };
    try {
      for (const pauseMs of directPausesMs) {
        const connections = [...unreached.refused, ...unreached.failed];
        if (connections.length > 0) unreached = await this.#again(job, connections, pauseMs);
      }
    } catch (error) {
      logFault('a frame was not posted again', error);
    }
    const [givenUp] = await Promise.all([
      connectionSender.closeUnresponsive(unreached.refused),
      ...unreached.failed.map((connection) => connectionSender.closeConnection(connection)),
    ]);
    if (givenUp.length > 0) logWarning('a frame was given up', { connections: givenUp.length });
  }

  async #again(
    job: PushJob,
    connections: readonly Connection[],
    pauseMs: number,
  ): Promise<Unreached> {
    const { connectionSender, stillEntitled, timing } = this.#parts;
    await timing.wait(timing.random() * pauseMs);
    return connectionSender.post({
      ...job,
      connections: await stillEntitled({ ...job, connections }),
    });
  }
}
