import type { Off } from './emitter.ts';
import type { Environment } from './environment.ts';

const shownMs = 6000;
const tellAgainMs = 3000;

/** Who is writing: told by a sign of life that has to come again and again. */
export class Typists {
  readonly #environment: Environment;
  readonly #changed: () => void;
  readonly #shown = new Map<string, Off>();
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(environment: Environment, changed: () => void) {
    this.#environment = environment;
    this.#changed = changed;
  }

  get userIds(): readonly string[] {
    return [...this.#shown.keys()];
  }

  saw(userId: string): void {
    this.#shown.get(userId)?.();
    this.#shown.set(
      userId,
      this.#environment.after(shownMs, () => this.stopped(userId)),
    );
    this.#changed();
  }

  stopped(userId: string): void {
    this.#shown.get(userId)?.();
    if (this.#shown.delete(userId)) this.#changed();
  }

  stop(): void {
    for (const userId of this.userIds) this.stopped(userId);
  }

  /** Whether it is time to tell the others again that this user is writing. */
  isDue(): boolean {
    const now = this.#environment.now();
    if (now - this.#toldAt < tellAgainMs) return false;
    this.#toldAt = now;
    return true;
  }
}
