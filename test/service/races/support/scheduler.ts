import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as macrotask } from 'node:timers/promises';

interface Waiting {
  actor: number;
  what: string;
  go: () => void;
}

/**
 * Lets actors that run at once take their steps one at a time, in an order that a seed decides. An
 * actor that has asked for a step is held at that point until it is chosen; between steps all actors
 * run as far as they get.
 */
export class Scheduler {
  readonly #random: () => number;
  readonly #actor = new AsyncLocalStorage<number>();
  readonly #log: string[] = [];
  #waiting: Waiting[] = [];
  #running = 0;
  #stepEnds: Promise<void> | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The steps that were taken, for whoever has to understand a failure. */
  get steps(): readonly string[] {
    return this.#log;
  }

  /** Starts all actors, and answers what became of each. */
  async run<T>(actors: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
    this.#running = actors.length;
    const outcomes = actors.map((act, actor) =>
      this.#actor.run(actor, act).finally(() => {
        this.#running -= 1;
      }),
    );
    const settled = Promise.allSettled(outcomes);
    while (this.#running > 0) {
      await macrotask();
      if (this.#stepEnds) await this.#stepEnds;
      else this.#choose();
    }
    return settled;
  }

  /** Takes one step when it is the caller's turn; at once for those who are no actors. */
  async step<T>(what: string, take: () => Promise<T>): Promise<T> {
    const actor = this.#actor.getStore();
    if (actor === undefined) return take();
    await new Promise<void>((go) => this.#waiting.push({ actor, what, go }));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stepEnds = promise;
    try {
      return await take();
    } finally {
      this.#stepEnds = undefined;
      resolve();
    }
  }

  #choose(): void {
    const waiting = this.#waiting.toSorted((one, other) => one.actor - other.actor);
    const chosen = waiting[Math.floor(this.#random() * waiting.length)];
    if (!chosen) return;
    this.#waiting = this.#waiting.filter((each) => each !== chosen);
    this.#log.push(`${chosen.actor}: ${chosen.what}`);
    chosen.go();
  }
}
