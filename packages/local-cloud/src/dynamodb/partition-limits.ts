import type { Clock } from '../clock.ts';

/** What one partition key of a table or an index carries in a second. */
export interface PartitionRates {
  readUnits: number;
  writeUnits: number;
}

interface Bucket {
  units: number;
  filledAtMs: number;
}

export type Kind = 'Read' | 'Write';

/** A key of a table or an index, by the ARN of that. */
export interface Partition {
  resource: string;
  key: string;
}

/** Forgotten when there are so many: a full bucket is one that nobody has asked for a second. */
const maxBuckets = 10_000;

/**
 * Units are known only after a call, so a call is let through as long as any are left, and may
 * overdraw them: the next ones wait until the second has made up for it.
 */
export class PartitionLimits {
  readonly #rates: PartitionRates;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rates: PartitionRates, clock: Clock) {
    this.#rates = rates;
    this.#clock = clock;
  }

  /** The partition whose units are spent, if one is. */
  findSpent(kind: Kind, partitions: readonly Partition[]): Partition | undefined {
    return partitions.find((partition) => this.#bucketOf(kind, partition).units <= 0);
  }

  /** What a call took, in equal parts from all that it touched: DynamoDB tells the sum only. */
  take(kind: Kind, partitions: readonly Partition[], units: number): void {
    for (const partition of partitions) {
      this.#bucketOf(kind, partition).units -= units / partitions.length;
    }
  }

  #bucketOf(kind: Kind, { resource, key }: Partition): Bucket {
    const perSecond = this.#rates[kind === 'Read' ? 'readUnits' : 'writeUnits'];
    const nowMs = this.#clock.nowMs();
    const name = `${kind} ${resource} ${key}`;
    const bucket = this.#buckets.get(name) ?? { units: perSecond, filledAtMs: nowMs };
    const refilled = bucket.units + ((nowMs - bucket.filledAtMs) / 1000) * perSecond;
    bucket.units = Math.min(perSecond, refilled);
    bucket.filledAtMs = nowMs;
    if (this.#buckets.size >= maxBuckets) this.#dropFull(nowMs);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #dropFull(nowMs: number): void {
    for (const [name, { units, filledAtMs }] of this.#buckets) {
      if (units > 0 && nowMs - filledAtMs >= 1000) this.#buckets.delete(name);
    }
  }
}
