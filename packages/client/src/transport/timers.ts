import type { Off } from './emitter.ts';
import type { Environment } from './environment.ts';

/** Timers by key: setting one again replaces it. One that has run stays until it is stopped. */
export class Timers<Key> {
  readonly #host: Pick<Environment, 'after'>;
  readonly #pending = new Map<Key, Off>();

  constructor(host: Pick<Environment, 'after'>) {
    this.#host = host;
  }

  get keys(): Key[] {
    return [...this.#pending.keys()];
  }

  set(key: Key, delayMs: number, run: () => void): void {
    this.stop(key);
    this.#pending.set(key, this.#host.after(delayMs, run));
  }

  stopAll(): void {
    for (const key of this.keys) this.stop(key);
  }

  /** False when there is no such timer. */
  stop(key: Key): boolean {
    this.#pending.get(key)?.();
    return this.#pending.delete(key);
  }
}
