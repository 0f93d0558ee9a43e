/**
 * Lets so many through at a time. When a busy cloud has lost hundreds of connections at once, they
 * come back one by one, rather than all together and in vain.
 */
export class Turnstile {
  readonly #places: number;
  readonly #inside = new Set<object>();
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  /** Resolves when it is the visitor's turn. Whoever does not want in any more takes no place. */
  async enter(visitor: object, isWanted: () => boolean): Promise<void> {
    while (this.#inside.size >= this.#places && isWanted()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (isWanted()) this.#inside.add(visitor);
    else this.#callNext();
  }

  leave(visitor: object): void {
    if (this.#inside.delete(visitor)) this.#callNext();
  }

  #callNext(): void {
    this.#waiting.shift()?.();
  }
}
