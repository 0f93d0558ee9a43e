import { Emitter, type Off } from '../transport/emitter.ts';

/**
 * State as a store of React and others wants it: the snapshot stays the same object until something
 * changes, and listeners hear once of all that changed in one go.
 */
export class Snapshots<T> {
  readonly #take: () => T;
  readonly #emitter = new Emitter<{ changed: undefined }>();
  #current: T | undefined;
  #isTold = true;

  constructor(take: () => T) {
    this.#take = take;
  }

  readonly get = (): T => {
    this.#current ??= this.#take();
    return this.#current;
  };

  readonly subscribe = (listener: () => void): Off => this.#emitter.on('changed', listener);

  changed(): void {
    this.#current = undefined;
    if (!this.#isTold) return;
    this.#isTold = false;
    queueMicrotask(() => {
      this.#isTold = true;
      this.#emitter.emit('changed', undefined);
    });
  }
}
