import type { Connection } from '../store/connections.ts';

const longestStreak = 5;
const mostRemembered = 10_000;

/** How often in a row posts to a connection have failed, as far as this sandbox has seen. */
export class FailureStreaks {
  readonly #lengths = new Map<string, number>();

  /** Takes the outcome of a post; answers the connections that have failed five times in a row. */
  note(posted: readonly Connection[], failed: readonly Connection[]): Connection[] {
    const failing = new Set(failed);
    if (this.#lengths.size > 0) {
      for (const connection of posted) {
        if (!failing.has(connection)) this.#lengths.delete(connection.connectionId);
      }
    }
    return failed.filter(({ connectionId }) => this.#lengthen(connectionId) >= longestStreak);
  }

  #lengthen(connectionId: string): number {
    const length = (this.#lengths.get(connectionId) ?? 0) + 1;
    this.#lengths.delete(connectionId);
    this.#lengths.set(connectionId, length);
    const oldest = this.#lengths.keys().next().value;
    if (this.#lengths.size > mostRemembered && oldest !== undefined) this.#lengths.delete(oldest);
    return length;
  }
}
