import { type Clock, wait } from '../clock.ts';
import type { Invocation } from '../lambda/functions.ts';
import {
  type Attempt,
  type Discard,
  discardExpired,
  firstAttempt,
  settleInvocation,
} from './attempts.ts';
import type { Disturb } from './faults.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { MappingSwitches } from './mapping-switches.ts';
import { type Arrival, decideBatch } from './records/batching.ts';
import type { StreamRecord } from './records/stream-record.ts';

export interface BatchWorkerPorts {
  invoke(records: readonly StreamRecord[]): Promise<Invocation>;
  /** Done with, successfully or not. MUST bear being called twice for a record. */
  finished(record: StreamRecord): void;
  discarded(discard: Discard): void;
}

/** A reason of its own: without one each abort makes an error, with its stack. */
const noError = 'no error';

/** Delivers batches one after the other: the next begins when the one before is done with, retries included. */
export class BatchWorker {
  readonly #settings: MappingSettings;
  readonly #ports: BatchWorkerPorts;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #disturb: Disturb;
  readonly #switches: MappingSwitches;
  readonly #queue: Arrival[] = [];
  #wake = new AbortController();

  constructor(
    settings: MappingSettings,
    ports: BatchWorkerPorts,
    around: { clock: Clock; signal: AbortSignal; disturb: Disturb; switches?: MappingSwitches },
  ) {
    this.#settings = settings;
    this.#ports = ports;
    this.#clock = around.clock;
    this.#signal = around.signal;
    this.#disturb = around.disturb;
    this.#switches = around.switches ?? new MappingSwitches();
  }

  push(record: StreamRecord): void {
    this.#queue.push({ record, arrivedAtMs: this.#clock.nowMs() });
    this.#wake.abort(noError);
  }

  /** Has the window of what is in the queue end now. */
  closeWindow(): void {
    for (const arrival of this.#queue) arrival.arrivedAtMs = Number.NEGATIVE_INFINITY;
    this.#wake.abort(noError);
  }

  /** Until the signal aborts. What is then under way counts as not done. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      const decision = decideBatch(this.#queue, this.#settings, this.#clock.nowMs());
      if (decision.kind === 'wait') {
        this.#wake = new AbortController();
        const signal = AbortSignal.any([this.#signal, this.#wake.signal]);
        await wait(this.#clock, decision.untilMs - this.#clock.nowMs(), signal);
        continue;
      }
      if (!this.#switches.isOn(this.#settings.logicalId)) {
        await this.#untilOn();
        continue;
      }
      const batch = this.#queue.splice(0, decision.count).map(({ record }) => record);
      for (const { records, delayMs } of this.#disturb(batch)) {
        await this.#deliver({ ...firstAttempt(records), delayMs });
      }
    }
  }

  #untilOn(): Promise<void> {
    return this.#switches.untilOn(this.#settings.logicalId, this.#signal);
  }

  async #deliver(attempt: Attempt): Promise<void> {
    const todo = [attempt];
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      if (next.delayMs > 0) await wait(this.#clock, next.delayMs, this.#signal);
      await this.#untilOn();
      if (this.#signal.aborted) return;
      const { discarded, rest } = discardExpired(next, this.#settings, this.#clock.nowMs());
      if (discarded !== undefined) this.#discard(discarded);
      if (rest === undefined) continue;
      const invocation = await this.#invoke(rest.records);
      if (invocation === undefined) return;
      const aftermath = settleInvocation(rest, invocation, this.#settings);
      aftermath.handled.forEach(this.#ports.finished);
      if (aftermath.discarded !== undefined) this.#discard(aftermath.discarded);
      todo.unshift(...aftermath.next);
    }
  }

  /** Undefined when the signal aborts first. */
  async #invoke(records: readonly StreamRecord[]): Promise<Invocation | undefined> {
    const done = new AbortController();
    const signal = AbortSignal.any([this.#signal, done.signal]);
    try {
      const invocation = await Promise.race([this.#ports.invoke(records), aborted(signal)]);
      return this.#signal.aborted ? undefined : invocation;
    } finally {
      done.abort(noError);
    }
  }

  #discard(discard: Discard): void {
    this.#ports.discarded(discard);
    discard.attempt.records.forEach(this.#ports.finished);
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
