import type {
  FinishedAnswer,
  GroupAnswer,
  NewLoadGroup,
  SimulatorState,
} from '../../simulator/api.ts';

const path = '/dev/simulator';

/** The simulator's own calls. Each rejects with an Error that says why. */
export class SimulatorApi {
  readonly #url: string;

  constructor(httpUrl: string) {
    this.#url = httpUrl + path;
  }

  /** Brings the user into a group that is alive; answers which. */
  welcome(userId: string, name: string): Promise<GroupAnswer> {
    return this.#call('POST', '/welcome', { userId, name });
  }

  start(group: NewLoadGroup): Promise<GroupAnswer> {
    return this.#call('PUT', '/load-group', group);
  }

  /** Resolves when every member has read everything. */
  stop(): Promise<FinishedAnswer> {
    return this.#call('DELETE', '/load-group');
  }

  /** Tells of every change; the simulated members live as long as somebody listens. */
  listen(onState: (state: SimulatorState) => void): () => void {
    const source = new EventSource(`${this.#url}/events`);
    source.onmessage = ({ data }) => onState(JSON.parse(data));
    return () => source.close();
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
