/**
 * A map that forgets: above `max` entries those that were set longest ago go, a tenth of all at
 * once, because a Map is slow to find its first entry after each single deletion.
 */
export class BoundedMap<K, V> {
  readonly #max: number;
  readonly #entries = new Map<K, V>();

  constructor(max: number) {
    this.#max = max;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#max) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const kept = Math.max(1, Math.floor(this.#max * 0.9));
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= kept) return;
      this.#entries.delete(oldest);
    }
  }
}
