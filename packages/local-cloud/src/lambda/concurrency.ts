/** How many invocations run, of an account and of its functions with a reserved share. */
export class Concurrency {
  readonly #unreserved: number;
  readonly #reserved: ReadonlyMap<string, number>;
  readonly #running = new Map<string, number>();
  #runningUnreserved = 0;

  /** @param reserved By function. What is reserved is taken from all others, used or not. */
  constructor(ofAccount: number, reserved: ReadonlyMap<string, number>) {
    this.#reserved = reserved;
    this.#unreserved = [...reserved.values()].reduce((left, taken) => left - taken, ofAccount);
  }

  /** False when the invocation is throttled; otherwise `end` MUST follow it. */
  begin(functionId: string): boolean {
    const reserved = this.#reserved.get(functionId);
    const running = this.#running.get(functionId) ?? 0;
    if (
      reserved === undefined ? this.#runningUnreserved >= this.#unreserved : running >= reserved
    ) {
      return false;
    }
    this.#count(functionId, 1);
    return true;
  }

  end(functionId: string): void {
    this.#count(functionId, -1);
  }

  #count(functionId: string, change: number): void {
    this.#running.set(functionId, (this.#running.get(functionId) ?? 0) + change);
    if (!this.#reserved.has(functionId)) this.#runningUnreserved += change;
  }
}
