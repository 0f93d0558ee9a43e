import { describe, expect, it } from 'vitest';
import type { BlockMove } from '../../core/history-block.ts';
import { knownReceipts } from '../../core/known-receipts.ts';
import { setOfRange, setOfSeqs } from '../../core/range-set.ts';
import { aMember } from './a-member.ts';

const move = (kind: BlockMove['kind'], from: number, to: number, at: number): BlockMove => ({
  ordinal: 1,
  kind,
  from,
  to,
  at,
});

const receipts = (member: Parameters<typeof aMember>[0], moves: BlockMove[], own: number[] = []) =>
  [
    ...knownReceipts([aMember(member)], moves, {
      seqs: setOfRange(1, 10),
      own: () => setOfSeqs(own),
    }),
  ].map(({ kind, fromSeq, toSeq, at }) => [kind, fromSeq, toSeq, at]);

describe('[RT2] the receipts that are kept', () => {
  it('have the earliest time of each message, neighbours with one time together', () => {
    const moves = [move('read', 1, 6, 50), move('read', 3, 4, 20), move('read', 1, 6, 50)];
    expect(receipts({ read: setOfRange(1, 6) }, moves)).toEqual([
      ['read', 1, 2, 50],
      ['read', 3, 4, 20],
      ['read', 5, 6, 50],
    ]);
  });

  it('are there without a time when only that they happened is known', () => {
    expect(receipts({ read: setOfRange(2, 3) }, [])).toEqual([['read', 2, 3, null]]);
  });

  it('tell a delivery before the reading, and take playing for reading', () => {
    const moves = [move('delivered', 1, 2, 10), move('played', 2, 2, 30)];
    const member = {
      read: setOfSeqs([2]),
      played: setOfSeqs([2]),
      delivered: setOfSeqs([1]),
    };
    expect(receipts(member, moves)).toEqual([
      ['read', 2, 2, 30],
      ['delivered', 1, 1, 10],
      ['played', 2, 2, 30],
      ['delivered', 2, 2, 10],
    ]);
  });

  it('leave out what senders have of their own, and what is of other messages', () => {
    const moves = [move('read', 9, 12, 40)];
    expect(receipts({ read: setOfRange(8, 12) }, moves, [8, 9])).toEqual([['read', 10, 10, 40]]);
  });
});
