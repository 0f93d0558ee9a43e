import { type Clock, Timers } from '../clock.ts';

/** Nobody has watched for so long: whoever plays may rest. */
const unwatchedMs = 15_000;

export interface ViewersOptions {
  clock: Clock;
  rest: () => void;
  goOn: () => void;
}

/** Those who watch. What nobody watches costs nothing. */
export class Viewers {
  readonly #options: ViewersOptions;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #isResting = false;

  constructor(options: ViewersOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
  }

  /** Calls back with every change, until what it returns is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.keepAwake();
    return () => {
      this.#listeners.delete(listener);
      this.keepAwake();
    };
  }

  /** Somebody is there, and for a while nobody has to watch. */
  keepAwake(): void {
    this.#timers.set('rest', unwatchedMs, () => this.#restIfUnwatched());
    if (!this.#isResting) return;
    this.#isResting = false;
    this.#options.goOn();
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  stop(): void {
    this.#timers.stopAll();
  }

  #restIfUnwatched(): void {
    if (this.#listeners.size > 0) return;
    this.#isResting = true;
    this.#options.rest();
  }
}
