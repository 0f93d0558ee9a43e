import { percentilesOf } from '../../../bench/reports/percentiles.ts';
import type { Work } from './sample.ts';

/** Gathers what people do until somebody takes it. */
export class WorkLog {
  #markMs: number[] = [];
  #sendMs: number[] = [];
  #reconnects = 0;
  #failures: Record<string, number> = {};

  /** Times a request; false if it failed, and why is counted. */
  async time(what: 'mark' | 'send', run: () => Promise<unknown>): Promise<boolean> {
    const startMs = performance.now();
    try {
      await run();
    } catch (cause) {
      this.failed(what, cause);
      return false;
    }
    (what === 'mark' ? this.#markMs : this.#sendMs).push(performance.now() - startMs);
    return true;
  }

  reconnected(): void {
    this.#reconnects += 1;
  }

  failed(what: string, cause: unknown): void {
    const name = `${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
    this.#failures[name] = (this.#failures[name] ?? 0) + 1;
  }

  take(): Work {
    const [markMs, sendMs] = [this.#markMs, this.#sendMs];
    const work = {
      ...{ markMs: percentilesOf(markMs), sendMs: percentilesOf(sendMs) },
      ...{ marks: markMs.length, sends: sendMs.length },
      ...{ reconnects: this.#reconnects, failures: this.#failures },
    };
    this.#markMs = [];
    this.#sendMs = [];
    this.#reconnects = 0;
    this.#failures = {};
    return work;
  }
}
