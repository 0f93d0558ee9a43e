import type {
  FinishedAnswer,
  GroupAnswer,
  MembersAnswer,
  NewLoadGroup,
  NewMember,
  Pace,
  SimulatorState,
} from '../../simulator/api.ts';
import { StateStream } from './state-stream.ts';

const path = '/dev/simulator';

/** Capacity units that all functions have taken since the start of the local service. */
export interface UnitsTaken {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** The simulator's own calls. Each rejects with an Error that says why. */
export class SimulatorApi {
  readonly #url: string;
  readonly #usageUrl: string;

  constructor(httpUrl: string) {
    this.#usageUrl = `${httpUrl}/dev/usage`;
    this.#url = httpUrl + path;
  }

  /** Brings the user into a group that is alive, in their language; answers which. */
  welcome(user: NewMember): Promise<GroupAnswer> {
    return this.#call('POST', '/welcome', user);
  }

  start(group: NewLoadGroup): Promise<GroupAnswer> {
    return this.#call('PUT', '/load-group', group);
  }

  changePace(pace: Pace): Promise<GroupAnswer> {
    return this.#call('PATCH', '/load-group', { pace });
  }

  /** Of the load group, in the order of their states. */
  members(): Promise<MembersAnswer> {
    return this.#call('GET', '/load-group/members');
  }

  async usage(): Promise<UnitsTaken> {
    return (await fetch(this.#usageUrl)).json();
  }

  /** Resolves when every member has read everything. */
  stop(): Promise<FinishedAnswer> {
    return this.#call('DELETE', '/load-group');
  }

  /** Tells of every change; the simulated members live as long as somebody listens. */
  listen(onState: (state: SimulatorState) => void): () => void {
    return StateStream.of(`${this.#url}/events`).listen(onState);
  }

  async #call<T>(method: string, at: string, body?: object): Promise<T> {
    const response = await fetch(this.#url + at, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    throw new Error(answer.error?.message ?? answer.message ?? `${response.status}`);
  }
}
