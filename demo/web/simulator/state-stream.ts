import type { SimulatorState } from '../../simulator/api.ts';

type Listener = (state: SimulatorState) => void;

const streams = new Map<string, StateStream>();

/**
 * What the simulator tells, over one connection for the whole page: a browser makes six to a host, for all of
 * its tabs together.
 */
export class StateStream {
  static of(url: string): StateStream {
    const stream = streams.get(url) ?? new StateStream(url);
    streams.set(url, stream);
    return stream;
  }

  readonly #url: string;
  readonly #listeners = new Set<Listener>();
  #source: EventSource | undefined;
  #newest: SimulatorState | undefined;

  private constructor(url: string) {
    this.#url = url;
  }

  /** Tells the newest state at once, if one is known, and every change. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#source ??= this.#open();
    if (this.#newest) listener(this.#newest);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#source?.close();
      this.#source = undefined;
      this.#newest = undefined;
    };
  }

  #open(): EventSource {
    const source = new EventSource(this.#url);
    source.onmessage = ({ data }) => {
      const state: SimulatorState = JSON.parse(data);
      this.#newest = state;
      for (const listener of this.#listeners) listener(state);
    };
    return source;
  }
}
