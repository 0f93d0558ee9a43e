/** Millions of delays in eight bytes each. */
export class DelayList {
  #values = new Float64Array(64);
  #count = 0;
  sumMs = 0;

  get count(): number {
    return this.#count;
  }

  add(delayMs: number): void {
    if (this.#count === this.#values.length) {
      const more = new Float64Array(this.#count * 2);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[this.#count++] = delayMs;
    this.sumMs += delayMs;
  }

  sorted(): Float64Array {
    return this.#values.subarray(0, this.#count).sort();
  }
}
