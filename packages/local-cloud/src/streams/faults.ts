import type { StreamRecord } from './records/stream-record.ts';

/** Deliveries of a batch, one after the other, each after its pause. */
export type Delivery = { records: readonly StreamRecord[]; delayMs: number };

/** What a stream may do to a batch that its guarantees allow. One per worker. */
export type Disturb = (batch: readonly StreamRecord[]) => Delivery[];

/** The chance of each fault per batch, from 0 to 1. */
export interface FaultRates {
  /** Lambda lost its place: this batch and the one before come again. */
  duplicate: number;
  /** Items overtake each other; the records of one item stay in order. */
  reorder: number;
  /** The answer of the function is lost on its way: the batch comes once more. */
  drop: number;
  delay: number;
  maxDelayMs: number;
}

export function deliverFaithfully(batch: readonly StreamRecord[]): Delivery[] {
  return [{ records: batch, delayMs: 0 }];
}

/** @param random gives numbers in [0, 1) */
export function createDisturber(rates: FaultRates, random: () => number): Disturb {
  let previous: readonly StreamRecord[] = [];
  return (batch) => {
    const parts = random() < rates.reorder ? reorder(batch, random) : [batch];
    const again = random() < rates.duplicate ? [previous, ...parts] : [];
    previous = batch;
    return [...parts, ...again]
      .filter((records) => records.length > 0)
      .flatMap((records) => (random() < rates.drop ? [records, records] : [records]))
      .map((records) => ({
        records,
        delayMs: random() < rates.delay ? Math.floor(random() * rates.maxDelayMs) : 0,
      }));
  };
}

/** Two batches of different items, the later ones first. */
function reorder(
  batch: readonly StreamRecord[],
  random: () => number,
): (readonly StreamRecord[])[] {
  const items = [...new Set(batch.map((record) => record.itemKey))];
  const first = new Set(items.filter(() => random() < 0.5));
  return [
    batch.filter((record) => !first.has(record.itemKey)),
    batch.filter((record) => first.has(record.itemKey)),
  ];
}
