import {
  blockOf,
  blockSize,
  type LoggedReceiptEvent,
  splitReceiptEvent,
} from '@seenby/core/receipts/receipt-log-block.ts';
import { describe, expect, it } from 'vitest';
import { decodeBlock, encodeBlock } from '../../../../functions/store/codecs/receipt-log-codec.ts';
import { fc } from '../../../support/properties.ts';
import { seqsOf } from '../ranges/seq-sets.ts';
import { kinds, receiptEvents, times } from './receipt-events.ts';

const blockMoves = (block: number): fc.Arbitrary<LoggedReceiptEvent> =>
  fc
    .record({
      ordinal: fc.integer({ min: 1, max: 5000 }),
      kind: kinds,
      place: fc.integer({ min: 0, max: blockSize - 1 }),
      length: fc.integer({ min: 0, max: blockSize - 1 }),
      at: times,
    })
    .map(({ place, length, ...event }) => {
      const first = block * blockSize + 1;
      const last = Math.min(place + length, blockSize - 1);
      return { ...event, from: first + place, to: first + last };
    });

const batches = fc
  .nat({ max: 1_000_000 })
  .chain((block) => fc.tuple(fc.constant(block), fc.array(blockMoves(block))));

const sorted = (list: readonly LoggedReceiptEvent[]): string[] =>
  list.map(({ ordinal, kind, from, to, at }) => [ordinal, kind, from, to, at].join(' ')).sort();

describe('a block of the receipt log', () => {
  it.each([
    [1, 0],
    [64, 0],
    [65, 1],
    [128, 1],
    [129, 2],
  ])('of seq %i is number %i', (seq, block) => {
    expect(blockOf(seq)).toBe(block);
  });

  it('gives back every receipt event of a batch, in order of time', () => {
    fc.assert(
      fc.property(batches, ([block, batch]) => {
        const decoded = decodeBlock(encodeBlock(batch), block);
        expect(sorted(decoded)).toEqual(sorted(batch));
        expect(decoded.map(({ at }) => at)).toEqual(decoded.map(({ at }) => at).sort());
      }),
    );
  });

  it('takes five or six bytes a receipt event, so that 500 readers fill few write units', () => {
    const start = Date.UTC(2026, 0, 1);
    const readers = Array.from({ length: 500 }, (_, i) => {
      const ordinal = i + 1;
      return { ordinal, kind: 'read' as const, from: 65, to: 90, at: start + 300 * i };
    });
    const { length } = encodeBlock(readers);
    expect(length / readers.length).toBeLessThanOrEqual(6);
  });

  it('holds the part of a receipt event that lies in it; together the parts are the receipt event', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        receiptEvents,
        fc.nat({ max: 200 }),
        (ordinal, event, by) => {
          const ranges = event.ranges.map(({ from, to }) => ({ from, to: to + by }));
          const parts = [...splitReceiptEvent(ordinal, { ...event, ranges })];
          expect(seqsOf(parts)).toEqual(seqsOf(ranges));
          for (const { block, from, to, ...rest } of parts) {
            expect([blockOf(from), blockOf(to)]).toEqual([block, block]);
            expect(rest).toEqual({ ordinal, kind: event.kind, at: event.at });
          }
          const lengths = parts.reduce((sum, { from, to }) => sum + to - from + 1, 0);
          const asked = ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
          expect(lengths).toBe(asked);
        },
      ),
    );
  });
});
