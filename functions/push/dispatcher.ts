import type { ServerFrame } from '../../protocol/server-frames.ts';
import { logFault } from '../log.ts';
import type { Connection } from '../store/connections.ts';
import type { Courier, Parcel } from './courier.ts';
import { FailureStreaks } from './failure-streaks.ts';

/** Gives a parcel to a Lambda of its own, and does not wait for it. MAY throw. */
export type HandOff = (parcel: Parcel) => Promise<void>;

/** Above this a frame is split among Lambdas that post side by side. */
const mostConnectionsHere = 500;

/**
 * Sends frames: to a few connections from here, to many by other Lambdas. Who could not be reached
 * is tried again by a Lambda that nobody waits for, so that a slow client delays no other one.
 */
export class Dispatcher {
  readonly #courier: Courier;
  readonly #handOff: HandOff;
  readonly #postsPerSecond: number;
  readonly #clock: () => number;
  readonly #streaks = new FailureStreaks();

  constructor(courier: Courier, handOff: HandOff, postsPerSecond: number, clock: () => number) {
    this.#courier = courier;
    this.#handOff = handOff;
    this.#postsPerSecond = postsPerSecond;
    this.#clock = clock;
  }

  /** An answer, to whoever asked. Never throws. */
  send(frame: ServerFrame, connections: readonly Connection[]): Promise<void> {
    return this.#dispatch(frame, connections, {});
  }

  /**
   * News, which is for members alone if it is of a group. Never throws: what was written stays
   * acknowledged whether or not anybody could be told.
   */
  push(frame: ServerFrame, connections: readonly Connection[]): Promise<void> {
    return this.#dispatch(frame, connections, 'groupId' in frame ? { groupId: frame.groupId } : {});
  }

  async #dispatch(
    frame: ServerFrame,
    connections: readonly Connection[],
    about: Pick<Parcel, 'groupId'>,
  ): Promise<void> {
    const madeAt = this.#clock();
    const data = JSON.stringify({ ...frame, timestamp: madeAt });
    const postsPerSecond = this.#postsPerSecond;
    const fresh = { madeAt, postsPerSecond, delayMs: 0, isRetry: false };
    const parcel: Parcel = { ...about, ...fresh, data, connections };
    if (connections.length > mostConnectionsHere) await this.#handOverSlices(parcel);
    else await this.#postFromHere(parcel);
  }

  /** Each in its turn, so that together they stay within what the account allows. */
  async #handOverSlices(parcel: Parcel): Promise<void> {
    const { connections, postsPerSecond } = parcel;
    const slices: Parcel[] = [];
    for (let i = 0; i < connections.length; i += mostConnectionsHere) {
      const slice = connections.slice(i, i + mostConnectionsHere);
      const delayMs = this.#courier.reserve(slice.length, postsPerSecond);
      slices.push({ ...parcel, connections: slice, delayMs });
    }
    await Promise.all(slices.map((slice) => this.#handOver(slice)));
  }

  async #postFromHere(parcel: Parcel): Promise<void> {
    const failed = await this.#courier.post(parcel);
    const stuck = this.#streaks.note(parcel.connections, failed);
    const cutOff = new Set(await this.#cutOff(stuck));
    const connections = failed.filter((connection) => !cutOff.has(connection));
    if (connections.length > 0) await this.#handOver({ ...parcel, connections, isRetry: true });
  }

  /** Where no Lambda takes the parcel, who is not reached from here has to come back. */
  async #handOver(parcel: Parcel): Promise<void> {
    const { connections, isRetry } = parcel;
    try {
      await this.#handOff(parcel);
    } catch (error) {
      logFault('a frame was not handed on', error, { connections: connections.length });
      await this.#cutOff(isRetry ? connections : await this.#courier.post(parcel));
    }
  }

  async #cutOff(connections: readonly Connection[]): Promise<Connection[]> {
    const ended = await Promise.all(connections.map((each) => this.#courier.cutOff(each)));
    return connections.filter((_, i) => ended[i]);
  }
}
