import type { Off } from './emitter.ts';
import type { Environment } from './environment.ts';

/** Timers by key: setting one again replaces it. One that has run stays until it is stopped. */
export class Timers<Key> {
  readonly #environment: Pick<Environment, 'after'>;
  readonly #pending = new Map<Key, Off>();

  constructor(environment: Pick<Environment, 'after'>) {
    this.#environment = environment;
  }

  get keys(): Key[] {
    return [...this.#pending.keys()];
  }

  set(key: Key, delayMs: number, run: () => void): void {
    this.stop(key);
    this.#pending.set(key, this.#environment.after(delayMs, run));
  }

  /** False when there is no such timer. */
  stop(key: Key): boolean {
    this.#pending.get(key)?.();
    return this.#pending.delete(key);
  }
}
