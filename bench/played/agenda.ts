interface Entry {
  at: number;
  run: (at: number) => void;
}

/** What is to happen, in order of time. What happens may add to it. */
export class Agenda {
  readonly #entries: Entry[] = [];

  add(at: number, run: (at: number) => void): void {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      // The last one is the next one: what comes later stands before it.
      if ((this.#entries[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, { at, run });
  }

  runAll(): void {
    for (let next = this.#entries.pop(); next; next = this.#entries.pop()) next.run(next.at);
  }
}
