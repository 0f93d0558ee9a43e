/** What the simulator beside the local cloud is doing. */
export interface SimulatorState {
  readonly crowd: Crowd | null;
}

export interface Crowd {
  readonly groupId: string;
  readonly members: number;
  readonly connected: number;
  /** Reads confirmed since the start. */
  readonly reads: number;
  readonly lastSeq: number;
  readonly phase: 'connecting' | 'running' | 'stopping';
}

export interface CrowdWish {
  readonly ownerId: string;
  readonly readerId: string;
  /** 5 to 500. */
  readonly members: number;
  /** Percentages that add up to 100. */
  readonly fast: number;
  readonly slow: number;
  readonly offline: number;
}

const path = '/dev/simulator';

/** The simulator's own calls. Each rejects with an Error that says why. */
export class SimulatorApi {
  readonly #url: string;

  constructor(httpUrl: string) {
    this.#url = httpUrl + path;
  }

  /** Brings the user into a group that is alive; answers which. */
  welcome(userId: string, name: string): Promise<{ groupId: string }> {
    return this.#call('POST', '/welcome', { userId, name });
  }

  start(wish: CrowdWish): Promise<{ groupId: string }> {
    return this.#call('PUT', '/crowd', wish);
  }

  /** Resolves when every member has read everything. */
  stop(): Promise<{ members: number; lastSeq: number }> {
    return this.#call('DELETE', '/crowd');
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
