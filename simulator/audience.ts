import { type Clock, Timers } from './clock.ts';

/** Nobody has watched for so long: whoever plays may rest. */
const unwatchedMs = 15_000;

export interface AudienceOptions {
  clock: Clock;
  rest: () => void;
  goOn: () => void;
}

/** Those who watch. What nobody watches costs nothing. */
export class Audience {
  readonly #options: AudienceOptions;
  readonly #timers: Timers;
  readonly #watchers = new Set<() => void>();
  #isResting = false;

  constructor(options: AudienceOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
  }

  /** Calls back with every change, until what it returns is called. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    this.stir();
    return () => {
      this.#watchers.delete(listener);
      this.stir();
    };
  }

  /** Somebody is there, and for a while nobody has to watch. */
  stir(): void {
    this.#timers.set('rest', unwatchedMs, () => this.#restIfUnwatched());
    if (!this.#isResting) return;
    this.#isResting = false;
    this.#options.goOn();
  }

  tell(): void {
    for (const listener of this.#watchers) listener();
  }

  stop(): void {
    this.#timers.stopAll();
  }

  #restIfUnwatched(): void {
    if (this.#watchers.size > 0) return;
    this.#isResting = true;
    this.#options.rest();
  }
}
