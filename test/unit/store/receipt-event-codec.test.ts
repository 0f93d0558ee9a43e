import { newReceiptEvents } from '@seenby/core/reading/marking.ts';
import { describe, expect, it } from 'vitest';
import {
  decodeReceiptEvents,
  encodeReceiptEvents,
  newestReceiptEvents,
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

  it('take a dozen bytes each: a position moving on in an old group', () => {
    const ranges = [{ from: 1_000_000, to: 1_000_040 }];
    expect(encodeReceiptEvents([{ kind: 'read', at, ranges }]).length).toBeLessThanOrEqual(14);
  });

  it('are at most four in 64 bytes, and the last is always there', () => {
    fc.assert(
      fc.property(fc.array(receiptEvents, { maxLength: 8 }), (list) => {
        const newest = newestReceiptEvents(list);
        expect(newest).toEqual(list.slice(list.length - newest.length));
        expect(newest.length).toBeLessThanOrEqual(4);
        expect(newest.length).toBeGreaterThanOrEqual(Math.min(1, list.length));
        if (newest.length > 1) expect(encodeReceiptEvents(newest).length).toBeLessThanOrEqual(64);
        const oneMore = list.slice(-newest.length - 1);
        const isAll = newest.length === Math.min(4, list.length);
        if (!isAll) expect(encodeReceiptEvents(oneMore).length).toBeGreaterThan(64);
      }),
    );
  });

  it('keep a single receipt event whole, whatever its size: a hundred ids read here and there', () => {
    const ranges = Array.from({ length: 100 }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));
    const list = [{ kind: 'read' as const, at, ranges }];
    expect(newestReceiptEvents(list)).toEqual(list);
    expect(newestReceiptEvents([...list, ...list])).toEqual(list);
  });

  it('tell each new receipt event once, though older ones fall out of the row', () => {
    const distinct = fc.uniqueArray(receiptEvents, { maxLength: 12, selector: JSON.stringify });
    fc.assert(
      fc.property(distinct, (list) => {
        let row = newestReceiptEvents([]);
        const told = list.flatMap((event) => {
          const before = row;
          row = decodeReceiptEvents(encodeReceiptEvents(newestReceiptEvents([...before, event])));
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
