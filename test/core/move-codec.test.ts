import { describe, expect, it } from 'vitest';
import { newMoves } from '../../core/marking.ts';
import { decodeMoves, encodeMoves, newestMoves } from '../../core/move-codec.ts';
import { moves } from './moves.ts';
import { fc } from './properties.ts';

const at = Date.UTC(2026, 0, 1);

describe('the newest moves of a member', () => {
  it('come back from their row as they were', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 6 }), (list) => {
        expect(decodeMoves(encodeMoves(list))).toEqual(list);
      }),
    );
  });

  it('take a dozen bytes each: a position moving on in an old group', () => {
    const ranges = [{ from: 1_000_000, to: 1_000_040 }];
    expect(encodeMoves([{ kind: 'read', at, ranges }]).length).toBeLessThanOrEqual(12);
    expect(encodeMoves([])).toHaveLength(0);
  });

  it('are at most four in 64 bytes, and the last is always there', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 8 }), (list) => {
        const newest = newestMoves(list);
        expect(newest).toEqual(list.slice(list.length - newest.length));
        expect(newest.length).toBeLessThanOrEqual(4);
        expect(newest.length).toBeGreaterThanOrEqual(Math.min(1, list.length));
        if (newest.length > 1) expect(encodeMoves(newest).length).toBeLessThanOrEqual(64);
        const oneMore = list.slice(-newest.length - 1);
        const isAll = newest.length === Math.min(4, list.length);
        if (!isAll) expect(encodeMoves(oneMore).length).toBeGreaterThan(64);
      }),
    );
  });

  it('keep a single move whole, whatever its size: a hundred ids read here and there', () => {
    const ranges = Array.from({ length: 100 }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));
    const list = [{ kind: 'read' as const, at, ranges }];
    expect(newestMoves(list)).toEqual(list);
    expect(newestMoves([...list, ...list])).toEqual(list);
  });

  it('tell each new move once, though older ones fall out of the row', () => {
    const distinct = fc.uniqueArray(moves, { maxLength: 12, selector: JSON.stringify });
    fc.assert(
      fc.property(distinct, (list) => {
        let row = newestMoves([]);
        const told = list.flatMap((move) => {
          const before = row;
          row = decodeMoves(encodeMoves(newestMoves([...before, move])));
          return newMoves(before, row);
        });
        expect(told).toEqual(list);
      }),
    );
  });

  it('tell nothing new when only something else of the member changed', () => {
    fc.assert(
      fc.property(fc.array(moves), (list) => {
        expect(newMoves(list, list)).toEqual([]);
        expect(newMoves(list, structuredClone(list))).toEqual([]);
      }),
    );
  });
});
