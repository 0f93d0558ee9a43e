import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 120_000;

/** The simulator of a running service, with somebody who watches: without that its members disconnect. */
export class Simulator {
  readonly #url: string;
  readonly #watching = new AbortController();

  constructor(serviceUrl: string) {
    this.#url = `${serviceUrl}/dev/simulator`;
    // It ends when `stop` is called.
    void this.#watch().catch(() => {});
  }

  stop(): void {
    this.#watching.abort();
  }

  /** Once all members are connected; throws if that takes more than two minutes. */
  async startLoadGroup(request: { members: number } & object): Promise<string> {
    const { groupId } = await this.call<{ groupId: string }>('PUT', '/load-group', request);
    for (const giveUpAt = Date.now() + patienceMs; Date.now() < giveUpAt; await pause(500)) {
      const { loadGroup } = await this.call<{ loadGroup: { phase: string } | null }>('GET', '');
      if (loadGroup?.phase === 'running') return groupId;
    }
    throw new Error(`The members of ${groupId} have not connected.`);
  }

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${this.#url}${path}`, init);
    const text = await response.text();
    if (response.ok) return JSON.parse(text || '{}') as T;
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }

  async #watch(): Promise<void> {
    const response = await fetch(`${this.#url}/events`, { signal: this.#watching.signal });
    for await (const _ of response.body ?? []);
  }
}
