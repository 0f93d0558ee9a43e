/**
 * Gives out a number of places. When a busy cloud has lost hundreds of connections at once, they
 * come back one by one, rather than all together and in vain.
 */
export class Semaphore {
  readonly #places: number;
  readonly #holders = new Set<object>();
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  /** Resolves when there is a place. A holder that does not want one any more gets none. */
  async acquire(holder: object, isWanted: () => boolean): Promise<void> {
    while (this.#holders.size >= this.#places && isWanted()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (isWanted()) this.#holders.add(holder);
    else this.#callNext();
  }

  release(holder: object): void {
    if (this.#holders.delete(holder)) this.#callNext();
  }

  #callNext(): void {
    this.#waiting.shift()?.();
  }
}
