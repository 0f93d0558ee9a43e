import type { Off } from '../../../../packages/client/src/index.ts';

/** Something that tells when it has changed, and knows who listens. */
export class FakeStore<S> {
  readonly #listeners = new Set<() => void>();
  #snapshot: S;

  constructor(snapshot: S) {
    this.#snapshot = snapshot;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  readonly getSnapshot = (): S => this.#snapshot;

  readonly subscribeState = (listener: () => void): Off => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  set(snapshot: S): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    this.#listeners.clear();
  }
}
