import { type Clock, wait } from '../clock.ts';
import type { StreamRecord } from './records/stream-record.ts';
import type { StreamShards } from './stream-shards.ts';

export interface StreamReaderPorts {
  accept(record: StreamRecord): void;
  /** The first time that nothing is left to read. */
  caughtUp(): void;
  /** After every poll. */
  polled(): Promise<void>;
  log(line: string): void;
}

/**
 * Polls one stream for all its mappings: DynamoDB Local is slow to say that there is nothing new, so
 * it is asked once.
 */
export class StreamReader {
  readonly #shards: StreamShards;
  readonly #ports: StreamReaderPorts;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #pollIntervalMs: number;
  #hasCaughtUp = false;
  #waiters: (() => void)[] = [];
  #wake = new AbortController();
  #lastError = '';

  constructor(
    shards: StreamShards,
    ports: StreamReaderPorts,
    around: { clock: Clock; signal: AbortSignal; pollIntervalMs: number },
  ) {
    this.#shards = shards;
    this.#ports = ports;
    this.#clock = around.clock;
    this.#signal = around.signal;
    this.#pollIntervalMs = around.pollIntervalMs;
  }

  /** Resolves once a poll that began after this call has found nothing, or the reader has ended. */
  catchUp(): Promise<void> {
    if (this.#signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#wake.abort();
    });
  }

  /** Until the signal aborts. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      const startedAtMs = this.#clock.nowMs();
      const isMore = await this.#poll();
      if (isMore) continue;
      this.#wake = new AbortController();
      const signal = AbortSignal.any([this.#signal, this.#wake.signal]);
      const pauseMs = this.#pollIntervalMs - (this.#clock.nowMs() - startedAtMs);
      if (this.#waiters.length === 0 && pauseMs > 0) await wait(this.#clock, pauseMs, signal);
    }
    for (const resolve of this.#waiters) resolve();
  }

  /** True when the next poll should follow at once. */
  async #poll(): Promise<boolean> {
    const waiters = this.#waiters;
    this.#waiters = [];
    try {
      const records = await this.#shards.poll(() => this.#clock.nowMs());
      for (const record of records) this.#ports.accept(record);
      if (records.length === 0) this.#reachEnd(waiters.splice(0));
      await this.#ports.polled();
      this.#lastError = '';
      return records.length >= fullPage;
    } catch (error) {
      if (!this.#signal.aborted) await this.#report(error);
      return false;
    } finally {
      this.#waiters.unshift(...waiters);
    }
  }

  #reachEnd(waiters: (() => void)[]): void {
    if (!this.#hasCaughtUp) this.#ports.caughtUp();
    this.#hasCaughtUp = true;
    for (const resolve of waiters) resolve();
  }

  /** Once per kind of trouble: DynamoDB being away would otherwise fill the log. */
  async #report(error: unknown): Promise<void> {
    const message = String(error);
    if (message !== this.#lastError) this.#ports.log(`The stream cannot be read: ${message}`);
    this.#lastError = message;
    await wait(this.#clock, 1000, this.#signal);
  }
}

/** GetRecords gives at most a thousand. */
const fullPage = 1000;
