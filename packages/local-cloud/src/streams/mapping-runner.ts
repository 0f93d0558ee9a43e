import { hash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Discard } from './attempts.ts';
import { BatchWorker } from './batch-worker.ts';
import type { Disturb } from './faults.ts';
import type { MappingSettings } from './mapping-settings.ts';
import type { MappingSwitches } from './mapping-switches.ts';
import { failureMessage } from './records/failure-message.ts';
import { isAfter, type StreamRecord } from './records/stream-record.ts';
import { ShardProgress } from './shard-progress.ts';

/** Position before the first record of any shard. */
const shardStart = '0';

export interface MappingPorts {
  functions: Functions;
  deadLetters: (queueArn: string, message: unknown) => void;
  /** Told of every invocation, and when the last of its records was written. */
  noteBatch: (functionId: string, lastWrittenAtMs: number) => void;
  switches: MappingSwitches;
  log: (line: string) => void;
  clock: Clock;
  signal: AbortSignal;
  createDisturb: () => Disturb;
  /** How many shards to take the stream for; records of one partition key stay in one of them. */
  virtualShards: number;
}

/** A mapping at work: takes the records its stream's reader found and sees each one through. */
export class MappingRunner {
  readonly settings: MappingSettings;
  readonly #streamArn: string;
  readonly #ports: MappingPorts;
  readonly #workers: BatchWorker[];
  readonly #progress = new Map<string, ShardProgress>();
  #hasStarted: boolean;
  #waiters: { remaining: Set<StreamRecord>; resolve: () => void }[] = [];

  /** `checkpoints` of an earlier run, by shard; empty for a mapping that never ran. */
  constructor(
    settings: MappingSettings,
    source: { streamArn: string; checkpoints: Record<string, string> },
    ports: MappingPorts,
  ) {
    this.settings = settings;
    this.#streamArn = source.streamArn;
    this.#ports = ports;
    for (const [shardId, checkpoint] of Object.entries(source.checkpoints)) {
      this.#progress.set(shardId, new ShardProgress(checkpoint));
    }
    this.#hasStarted = this.#progress.size > 0 || settings.startingPosition === 'TRIM_HORIZON';
    const workerCount = ports.virtualShards * settings.parallelizationFactor;
    this.#workers = Array.from({ length: workerCount }, () => this.#createWorker());
  }

  async run(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.run()));
  }

  /** Position after which a shard has to be read; undefined for its very beginning. */
  positionIn(shardId: string): string | undefined {
    const checkpoint = this.#progress.get(shardId)?.checkpoint;
    return checkpoint === shardStart ? undefined : checkpoint;
  }

  /** What an earlier run's checkpoints are made of. */
  checkpoints(): Record<string, string> {
    if (!this.#hasStarted) return {};
    return Object.fromEntries(
      [...this.#progress].flatMap(([shardId, { checkpoint }]) =>
        checkpoint === undefined ? [] : [[shardId, checkpoint]],
      ),
    );
  }

  /** In the shard's order. Records known to be done are skipped. */
  accept(record: StreamRecord): void {
    const progress = this.#progressIn(record.shardId);
    if (!this.#hasStarted) progress.checkpoint = record.sequenceNumber;
    const { checkpoint } = progress;
    if (checkpoint !== undefined && !isAfter(record.sequenceNumber, checkpoint)) return;
    progress.begin(record);
    if (this.settings.wants(record)) this.#workerOf(record).push(record);
    else progress.finish(record);
  }

  /** The reader has reached the end of these shards: here LATEST begins. */
  start(shardIds: readonly string[]): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    for (const shardId of shardIds) this.#progressIn(shardId).checkpoint ??= shardStart;
  }

  /**
   * Resolves once every record accepted so far is done with. Nobody waits for the end of a window, or for a
   * mapping that is off.
   */
  settled(): Promise<void> {
    if (!this.#ports.switches.isOn(this.settings.logicalId)) return Promise.resolve();
    for (const worker of this.#workers) worker.closeWindow();
    const remaining = new Set(
      [...this.#progress.values()].flatMap((progress) => progress.unfinished()),
    );
    if (remaining.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ remaining, resolve }));
  }

  #createWorker(): BatchWorker {
    const { functions, clock, signal, createDisturb, noteBatch, switches } = this.#ports;
    return new BatchWorker(
      this.settings,
      {
        invoke: (records) => {
          noteBatch(this.settings.functionId, records.at(-1)?.writtenAtMs ?? clock.nowMs());
          return functions.invoke(this.settings.functionId, {
            Records: records.map((record) => record.event),
          });
        },
        finished: (record) => this.#finish(record),
        discarded: (discard) => this.#discard(discard),
      },
      { clock, signal, switches, disturb: createDisturb() },
    );
  }

  #finish(record: StreamRecord): void {
    this.#progressIn(record.shardId).finish(record);
    for (const waiter of this.#waiters) {
      waiter.remaining.delete(record);
      if (waiter.remaining.size === 0) waiter.resolve();
    }
    this.#waiters = this.#waiters.filter(({ remaining }) => remaining.size > 0);
  }

  #discard(discard: Discard): void {
    const { onFailureArn, logicalId } = this.settings;
    const { attempt, condition } = discard;
    this.#ports.log(`${logicalId} gave up ${attempt.records.length} records: ${condition}`);
    if (onFailureArn === undefined) return;
    const origin = {
      streamArn: this.#streamArn,
      requestId: randomUUID(),
      nowMs: this.#ports.clock.nowMs(),
    };
    this.#ports.deadLetters(onFailureArn, failureMessage(discard, this.settings, origin));
  }

  #progressIn(shardId: string): ShardProgress {
    const progress = this.#progress.get(shardId) ?? new ShardProgress(undefined);
    this.#progress.set(shardId, progress);
    return progress;
  }

  /** Records of one item always share a worker, and so stay in order. */
  #workerOf({ itemKey, event }: StreamRecord): BatchWorker {
    const { partitionKey, parallelizationFactor } = this.settings;
    const keys = (event.dynamodb as { Keys?: Record<string, unknown> } | undefined)?.Keys;
    const shard = hashOf(JSON.stringify(keys?.[partitionKey] ?? '')) % this.#ports.virtualShards;
    const worker =
      this.#workers[shard * parallelizationFactor + (hashOf(itemKey) % parallelizationFactor)];
    if (worker === undefined) throw new Error(`${this.settings.logicalId} has no workers`);
    return worker;
  }
}

const hashOf = (text: string): number => hash('md5', text, 'buffer').readUInt32BE();
