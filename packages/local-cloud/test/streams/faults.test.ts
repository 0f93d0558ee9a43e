import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDisturber, deliverFaithfully } from '../../src/streams/faults.ts';
import type { StreamRecord } from '../../src/streams/records/stream-record.ts';
import { buildRecord, buildRecords } from './build-record.ts';

const off = { duplicate: 0, reorder: 0, drop: 0, delay: 0, maxDelayMs: 0 };
const sequencesOf = (deliveries: { records: readonly StreamRecord[] }[]): string[] =>
  deliveries.map(({ records }) => records.map((record) => record.sequenceNumber).join());

describe('createDisturber', () => {
  it('does nothing with all rates at zero', () => {
    const batch = buildRecords(3);
    expect(createDisturber(off, () => 0)(batch)).toEqual(deliverFaithfully(batch));
  });

  it('duplicates a batch together with the one before, as after a lost checkpoint', () => {
    const disturb = createDisturber({ ...off, duplicate: 1 }, () => 0);
    const [one, two] = [[buildRecord(1)], [buildRecord(2)]];
    expect(sequencesOf(disturb(one))).toEqual(['1', '1']);
    expect(sequencesOf(disturb(two))).toEqual(['2', '1', '2']);
  });

  it('brings a batch again whose answer was lost', () => {
    const disturb = createDisturber({ ...off, drop: 1 }, () => 0);
    expect(sequencesOf(disturb([buildRecord(1)]))).toEqual(['1', '1']);
    expect(sequencesOf(disturb([buildRecord(2)]))).toEqual(['2', '2']);
  });

  it('delays', () => {
    const disturb = createDisturber({ ...off, delay: 1, maxDelayMs: 1000 }, () => 0.5);
    expect(disturb(buildRecords(1)).map(({ delayMs }) => delayMs)).toEqual([500]);
  });

  it('reorders items, never the records of one item, and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 20 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (items, numbers) => {
          const batch = items.map((item, index) => buildRecord(index, { itemKey: `item-${item}` }));
          const random = (): number => numbers.next().value ?? 0;
          const delivered = createDisturber(
            { ...off, reorder: 1 },
            random,
          )(batch).flatMap(({ records }) => records);
          for (const item of new Set(items)) {
            const ofItem = (record: StreamRecord): boolean => record.itemKey === `item-${item}`;
            expect(delivered.filter(ofItem)).toEqual(batch.filter(ofItem));
          }
          expect(delivered).toHaveLength(batch.length);
        },
      ),
    );
    const disturb = createDisturber({ ...off, reorder: 1 }, () => 0.4);
    const flip = createDisturber({ ...off, reorder: 1 }, alternate());
    expect(sequencesOf(disturb(buildRecords(2)))).toEqual(['1,2']);
    expect(sequencesOf(flip(buildRecords(2)))).toEqual(['2', '1']);
  });
});

/** The first item of two goes last. */
function alternate(): () => number {
  const numbers = [0, 0.4, 0.6];
  return () => numbers.shift() ?? 0;
}
