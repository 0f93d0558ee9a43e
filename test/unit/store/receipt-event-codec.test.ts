import { newReceiptEvents } from '@seenby/core/reading/marking.ts';
import { describe, expect, it } from 'vitest';
import {
  decodeReceiptEvents,
  encodeReceiptEvents,
  newestReceiptEvents,
  unrecordedMs,
} from '../../../functions/store/codecs/receipt-event-codec.ts';
import { fc } from '../../support/properties.ts';
import { receiptEvents } from '../core/receipts/receipt-events.ts';

const at = Date.UTC(2026, 0, 1);

describe('the newest receipt events of a member', () => {
  it('come back from their row as they were', () => {
    fc.assert(
      fc.property(fc.array(receiptEvents, { maxLength: 6 }), (list) => {
        expect(decodeReceiptEvents(encodeReceiptEvents(list))).toEqual(list);
      }),
    );
  });

  it('take eight bytes each: a position moving on every few seconds in an old group', () => {
    const move = (i: number) => {
      const ranges = [{ from: 1_000_000 + i, to: 1_000_000 + i }];
      return { kind: 'read' as const, at: at + 7200 * i, ranges };
    };
    const moves = Array.from({ length: 30 }, (_, i) => move(i));
    expect(encodeReceiptEvents(moves).length / 30).toBeLessThanOrEqual(9);
  });

  it('are those that the log may lack, as many as fit, and the last is always there', () => {
    const maxBytes = 40;
    const minutes = fc.integer({ min: 0, max: 6 * 60_000 }).map((ms) => at + ms);
    const close = fc.tuple(receiptEvents, minutes).map(([event, ms]) => ({ ...event, at: ms }));
    fc.assert(
      fc.property(fc.array(close, { maxLength: 8 }), (list) => {
        const newest = newestReceiptEvents(list, maxBytes);
        const lastAt = list.at(-1)?.at ?? 0;
        const recent = list.filter((event) => lastAt - event.at <= unrecordedMs);
        expect(newest).toEqual(recent.slice(recent.length - newest.length));
        expect(newest.length).toBeGreaterThanOrEqual(Math.min(1, list.length));
        if (newest.length > 1) {
          expect(encodeReceiptEvents(newest).length).toBeLessThanOrEqual(maxBytes);
        }
        const oneMore = recent.slice(-newest.length - 1);
        if (newest.length < recent.length) {
          expect(encodeReceiptEvents(oneMore).length).toBeGreaterThan(maxBytes);
        }
      }),
    );
  });

  it('keep a single receipt event whole, whatever its size: a hundred ids read here and there', () => {
    const ranges = Array.from({ length: 100 }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));
    const list = [{ kind: 'read' as const, at, ranges }];
    expect(newestReceiptEvents(list, 64)).toEqual(list);
    expect(newestReceiptEvents([...list, ...list], 64)).toEqual(list);
  });

  it('tell each new receipt event once, though older ones fall out of the row', () => {
    const distinct = fc.uniqueArray(receiptEvents, { maxLength: 12, selector: JSON.stringify });
    fc.assert(
      fc.property(distinct, (list) => {
        let row = newestReceiptEvents([], 64);
        const told = list.flatMap((event) => {
          const before = row;
          const newest = newestReceiptEvents([...before, event], 64);
          row = decodeReceiptEvents(encodeReceiptEvents(newest));
          return newReceiptEvents(before, row);
        });
        expect(told).toEqual(list);
      }),
    );
  });

  it('tell nothing new when only something else of the member changed', () => {
    fc.assert(
      fc.property(fc.array(receiptEvents), (list) => {
        expect(newReceiptEvents(list, list)).toEqual([]);
        expect(newReceiptEvents(list, structuredClone(list))).toEqual([]);
      }),
    );
  });
});
