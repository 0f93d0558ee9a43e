import type { Invocation } from '@seenby/local-cloud/lambda/functions.ts';
import { BatchWorker } from '@seenby/local-cloud/streams/batch-worker.ts';
import type { Delivery } from '@seenby/local-cloud/streams/faults.ts';
import type { MappingSettings } from '@seenby/local-cloud/streams/mapping-settings.ts';
import type { StreamRecord } from '@seenby/local-cloud/streams/records/stream-record.ts';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Faults } from '../faults/faults.ts';
import type { Lambda } from './lambda.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** What a stream keeps. */
const keptMs = 24 * 3_600_000;
const pollMs = 200;
const maxLateMs = 3000;

type Settings = Pick<
  MappingSettings,
  'batchSize' | 'batchingWindowMs' | 'maxRetries' | 'maxRecordAgeMs'
>;

interface Parts {
  time: SimulatedTime;
  faults: Faults;
  lambda: Lambda<DynamoDBStreamEvent, DynamoDBBatchResponse>;
  wants: (record: DynamoDBRecord) => boolean;
  settings: Settings;
}

/** The mapping of one function to the stream: Lambda's own rules, of the local cloud, a worker for each shard. */
export class StreamMapping {
  /** Records that were given up: tried too often, or too old. */
  givenUp = 0;
  readonly #parts: Parts;
  readonly #workers = new Map<string, BatchWorker>();
  readonly #underWay = new Set<StreamRecord>();
  /** Of the parent shard, for as long as it has not been read to its end. */
  readonly #held: StreamRecord[] = [];
  #stop = new AbortController();
  #isOut = false;
  #shards: readonly string[] = ['shard-0'];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0 && this.#held.length === 0;
  }

  /** What was written since the last time. */
  take(records: readonly DynamoDBRecord[]): void {
    const { wants } = this.#parts;
    for (const record of records) if (wants(record)) this.#add(this.#toStreamRecord(record));
  }

  /** Records of an item go on in one of two shards once the one shard has been read to its end. */
  split(): void {
    if (this.#shards.length > 1) return;
    this.#shards = ['shard-1', 'shard-2'];
    this.#parts.faults.note('stream: shard split');
  }

  /** Nothing is read any more. */
  goOut(): void {
    this.#isOut = true;
  }

  /** Reads on, at the oldest that is kept. */
  comeBack(): void {
    this.#isOut = false;
    this.#release();
  }

  /** Another table has another stream. */
  restart(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#workers.clear();
    this.#underWay.clear();
    this.#held.length = 0;
  }

  #add(record: StreamRecord): void {
    this.#held.push(record);
    this.#release();
  }

  #release(): void {
    if (this.#isOut || this.#held.length === 0) return;
    const isParentOpen = [...this.#underWay].some(({ shardId }) => !this.#shards.includes(shardId));
    if (isParentOpen) return;
    const { time } = this.#parts;
    for (const record of this.#held.splice(0)) {
      if (time.clock() - record.writtenAtMs > keptMs) {
        this.givenUp++;
        this.#parts.faults.note('stream: record lost after 24 hours');
        continue;
      }
      const placed = { ...record, shardId: this.#shardOf(record) };
      this.#underWay.add(placed);
      time.after(pollMs, () => {
        if (this.#underWay.has(placed)) this.#workerOf(placed.shardId).push(placed);
      });
    }
  }

  #shardOf({ itemKey }: StreamRecord): string {
    return this.#shards[hashOf(itemKey) % this.#shards.length] ?? '';
  }

  #workerOf(shardId: string): BatchWorker {
    const known = this.#workers.get(shardId);
    if (known) return known;
    const { time, settings } = this.#parts;
    const worker = new BatchWorker(
      { ...unusedSettings, ...settings },
      {
        invoke: (records) => this.#invoke(records),
        finished: (record) => this.#finish(record),
        discarded: ({ attempt }) => {
          this.givenUp += attempt.records.length;
        },
      },
      { clock: time.clockOfCloud, signal: this.#stop.signal, disturb: this.#disturber() },
    );
    this.#workers.set(shardId, worker);
    void worker.run();
    return worker;
  }

  #finish(record: StreamRecord): void {
    if (this.#underWay.delete(record)) this.#release();
  }

  async #invoke(records: readonly StreamRecord[]): Promise<Invocation> {
    const Records = records.map(({ event }) => event as unknown as DynamoDBRecord);
    const answered = await this.#parts.lambda.invoke({ Records });
    if (answered.outcome === 'answered') {
      return { ok: true, payload: answered.value, durationMs: 0 };
    }
    return { ok: false, errorType: answered.outcome, errorMessage: '', durationMs: 0 };
  }

  #disturber(): (batch: readonly StreamRecord[]) => Delivery[] {
    const { faults, time } = this.#parts;
    let previous: readonly StreamRecord[] = [];
    const now = (records: readonly StreamRecord[]): Delivery => ({ records, delayMs: 0 });
    return (batch) => {
      const before = previous;
      previous = batch;
      switch (faults.strike('batch')) {
        case 'twice':
          return [now(batch), now(batch)];
        case 'previous again':
          return before.length > 0 ? [now(before), now(batch)] : [now(batch)];
        case 'reordered':
          return overtaking(batch, () => time.random() < 0.5).map(now);
        case 'late':
          return [{ records: batch, delayMs: time.below(maxLateMs) }];
        case 'in two shards':
          return this.#deliverBeside(batch);
        default:
          return [now(batch)];
      }
    };
  }

  /** Half of it comes to another sandbox at the same time, as from another shard. */
  #deliverBeside(batch: readonly StreamRecord[]): Delivery[] {
    const [one = [], other = []] = overtaking(batch, () => this.#parts.time.random() < 0.5);
    if (other.length > 0) void this.#invoke(other);
    return [one, other]
      .filter((records) => records.length > 0)
      .map((records) => ({ records, delayMs: 0 }));
  }

  #toStreamRecord(event: DynamoDBRecord): StreamRecord {
    const { Keys = {}, SequenceNumber = '' } = event.dynamodb ?? {};
    return {
      ...{ shardId: '', sequenceNumber: SequenceNumber, sizeBytes: 1 },
      writtenAtMs: this.#parts.time.clock(),
      itemKey: `${Keys.pk?.S} ${Keys.sk?.S}`,
      event: event as unknown as Record<string, unknown>,
    };
  }
}

/** Two batches of different items, the later ones first: the records of one item stay in order. */
function overtaking(batch: readonly StreamRecord[], isFirst: () => boolean): StreamRecord[][] {
  const keys = new Set([...new Set(batch.map(({ itemKey }) => itemKey))].filter(isFirst));
  return [
    batch.filter(({ itemKey }) => keys.has(itemKey)),
    batch.filter(({ itemKey }) => !keys.has(itemKey)),
  ].filter((part) => part.length > 0);
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const unusedSettings: Omit<MappingSettings, keyof Settings> = {
  ...{ logicalId: '', functionId: '', functionArn: '', tableId: '', partitionKey: 'pk' },
  ...{ startingPosition: 'TRIM_HORIZON', wants: () => true, parallelizationFactor: 1 },
  ...{ reportsItemFailures: true, bisectsOnError: true, onFailureArn: undefined },
};
