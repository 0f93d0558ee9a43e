/** Runs what has the same key one after the other, in the order of the calls. */
export class InOrder {
  readonly #last = new Map<string, Promise<void>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const settled: Promise<void> = result.then(
      () => this.#end(key, settled),
      () => this.#end(key, settled),
    );
    this.#last.set(key, settled);
    return result;
  }

  #end(key: string, ended: Promise<void>): void {
    if (this.#last.get(key) === ended) this.#last.delete(key);
  }
}
