import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { knownReceipts } from '@seenby/core/receipts/known-receipts.ts';
import type { LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';

const event = (
  kind: LoggedReceiptEvent['kind'],
  from: number,
  to: number,
  at: number,
): LoggedReceiptEvent => ({
  ordinal: 1,
  kind,
  from,
  to,
  at,
});

const receipts = (
  member: Parameters<typeof aMember>[0],
  receiptEvents: LoggedReceiptEvent[],
  own: number[] = [],
) =>
  [
    ...knownReceipts([aMember(member)], receiptEvents, {
      seqs: setOfRange(1, 10),
      own: () => setOfSeqs(own),
    }),
  ].map(({ kind, fromSeq, toSeq, at }) => [kind, fromSeq, toSeq, at]);

describe('[RT2] the receipts that are kept', () => {
  it('have the earliest time of each message, neighbours with one time together', () => {
    const receiptEvents = [
      event('read', 1, 6, 50),
      event('read', 3, 4, 20),
      event('read', 1, 6, 50),
    ];
    expect(receipts({ read: setOfRange(1, 6) }, receiptEvents)).toEqual([
      ['read', 1, 2, 50],
      ['read', 3, 4, 20],
      ['read', 5, 6, 50],
    ]);
  });

  it('are there without a time when only that they happened is known', () => {
    expect(receipts({ read: setOfRange(2, 3) }, [])).toEqual([['read', 2, 3, null]]);
  });

  it('tell a delivery before the reading, and take playing for reading', () => {
    const receiptEvents = [event('delivered', 1, 2, 10), event('played', 2, 2, 30)];
    const member = {
      read: setOfSeqs([2]),
      played: setOfSeqs([2]),
      delivered: setOfSeqs([1]),
    };
    expect(receipts(member, receiptEvents)).toEqual([
      ['read', 2, 2, 30],
      ['delivered', 1, 1, 10],
      ['played', 2, 2, 30],
      ['delivered', 2, 2, 10],
    ]);
  });

  it('take playing for reading only', () => {
    const receiptEvents = [event('played', 1, 1, 30), event('delivered', 1, 1, 50)];
    expect(receipts({ delivered: setOfSeqs([1]) }, receiptEvents)).toEqual([
      ['delivered', 1, 1, 50],
    ]);
  });

  it('leave out what senders have of their own, and what is of other messages', () => {
    const receiptEvents = [event('read', 9, 12, 40)];
    expect(receipts({ read: setOfRange(8, 12) }, receiptEvents, [8, 9])).toEqual([
      ['read', 10, 10, 40],
    ]);
  });
});
