import { deliveredTo } from '@seenby/core/counts/audience.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import {
  difference,
  intersect,
  positionFrom,
  type RangeSet,
  rangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { hasRead, mark, markOwn, upToPosition } from '@seenby/core/reading/marking.ts';
import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { highestSeq, rangeSets, rangesOf, seqsOf } from '../ranges/seq-sets.ts';
import { kinds } from '../receipts/receipt-events.ts';

interface Mark {
  kind: ReceiptKind;
  seqs: RangeSet;
}

const markLists = fc.array(fc.record<Mark>({ kind: kinds, seqs: rangeSets }), { maxLength: 8 });

const apply = (member: MemberState, { kind, seqs }: Mark, at = 1): MemberState => {
  const marked = mark(member, kind, seqs, at, highestSeq);
  return marked.outcome === 'advanced' ? marked.member : member;
};

/** Each mark comes a millisecond after the one before. */
const applyAll = (marks: readonly Mark[], member = aMember()): MemberState =>
  marks.reduce((state, each, at) => apply(state, each, at), member);

const setsOf = ({ read, delivered, played }: MemberState) => ({ read, delivered, played });

const without = (set: RangeSet, from: RangeSet): RangeSet => difference(set, from);

describe('marking', () => {
  it('[RD1] adds exactly what was marked', () => {
    fc.assert(
      fc.property(markLists, (marks) => {
        const asked = (...wanted: ReceiptKind[]) =>
          rangeSet(marks.filter(({ kind }) => wanted.includes(kind)).flatMap(({ seqs }) => seqs));
        const member = applyAll(marks);
        expect(member.read).toEqual(asked('read', 'played'));
        expect(member.played).toEqual(asked('played'));
        expect(deliveredTo(member, highestSeq)).toEqual(asked('read', 'played', 'delivered'));
      }),
    );
  });

  it('[RD1] [SY3] ends in the same state in any order, once or many times', () => {
    const reordered = markLists.chain((marks) => {
      const twice = [...marks, ...marks];
      const shuffles = fc.shuffledSubarray(twice, { minLength: twice.length });
      return fc.tuple(fc.constant(marks), shuffles);
    });
    fc.assert(
      fc.property(reordered, ([marks, shuffled]) => {
        expect(setsOf(applyAll(shuffled))).toEqual(setsOf(applyAll(marks)));
      }),
    );
  });

  it('[RD1] by position and by ids meet when the gap closes', () => {
    const ahead = apply(aMember(), { kind: 'read', seqs: setOfSeqs([5, 7, 6]) });
    expect(positionFrom(ahead.read, ahead.from)).toBe(0);
    const closed = apply(ahead, { kind: 'read', seqs: upToPosition(ahead, 4) });
    expect(closed.read).toEqual(setOfRange(1, 7));
    expect(positionFrom(closed.read, closed.from)).toBe(7);
  });

  it('[RD2] never takes anything away', () => {
    fc.assert(
      fc.property(markLists, kinds, rangeSets, (marks, kind, seqs) => {
        const before = applyAll(marks);
        const after = apply(before, { kind, seqs });
        for (const set of ['read', 'played'] as const) {
          expect(without(before[set], after[set])).toEqual([]);
        }
        const delivered = [before, after].map((state) => deliveredTo(state, highestSeq));
        expect(without(delivered[0] ?? [], delivered[1] ?? [])).toEqual([]);
        expect(after.receiptEvents.slice(0, before.receiptEvents.length)).toEqual(
          before.receiptEvents,
        );
      }),
    );
  });

  it('[RD2] again, in whole or in part, changes nothing', () => {
    fc.assert(
      fc.property(markLists, kinds, rangeSets, rangeSets, (marks, kind, seqs, others) => {
        const marked = apply(applyAll(marks), { kind, seqs });
        const part = intersect(seqs, others);
        for (const again of [seqs, part]) {
          expect(mark(marked, kind, again, 9, highestSeq)).toEqual({ outcome: 'unchanged' });
        }
      }),
    );
  });

  it('[RD2] below the position changes nothing', () => {
    const member = apply(aMember(), { kind: 'read', seqs: setOfRange(1, 9) });
    for (const upTo of [9, 8, 1, 0]) {
      const seqs = upToPosition(member, upTo);
      expect(mark(member, 'read', seqs, 5, 20)).toEqual({ outcome: 'unchanged' });
    }
  });

  it('moves the version by one with every change, and leaves its input alone', () => {
    fc.assert(
      fc.property(markLists, kinds, rangeSets, (marks, kind, seqs) => {
        const before = applyAll(marks);
        const copy = structuredClone(before);
        const marked = mark(before, kind, seqs, 9, highestSeq);
        expect(before).toEqual(copy);
        if (marked.outcome === 'unchanged') return;
        expect(marked.added.length).toBeGreaterThan(0);
        expect(marked.member.version).toBe(before.version + 1);
        expect(marked.member.receiptEvents.at(-1)).toEqual({ kind, at: 9, ranges: marked.added });
      }),
    );
  });

  it('[RD3] no receipt event of a kind names a message a second time, so the first time stays', () => {
    fc.assert(
      fc.property(markLists, (marks) => {
        const { receiptEvents, read, played } = applyAll(marks);
        const named = {
          read: new Set<number>(),
          delivered: new Set<number>(),
          played: new Set<number>(),
        };
        for (const { kind, ranges } of receiptEvents) {
          for (const seq of seqsOf(ranges)) {
            expect(named[kind].has(seq)).toBe(false);
            named[kind].add(seq);
          }
        }
        expect(rangesOf(new Set([...named.read, ...named.played]))).toEqual(read);
        expect(rangesOf(named.played)).toEqual(played);
      }),
    );
  });

  it('[RD4] a message that was read is delivered, and a delivery after it says nothing new', () => {
    fc.assert(
      fc.property(rangeSets, rangeSets, (read, delivered) => {
        const member = apply(aMember(), { kind: 'read', seqs: read });
        const marked = mark(member, 'delivered', delivered, 9, highestSeq);
        const news = difference(delivered, read);
        expect(marked.outcome === 'advanced' ? marked.added : []).toEqual(news);
        expect(deliveredTo(apply(member, { kind: 'delivered', seqs: delivered }), 90)).toEqual(
          union(read, delivered),
        );
      }),
    );
  });

  it('[RD9] what was played is read and delivered', () => {
    fc.assert(
      fc.property(markLists, rangeSets, (marks, seqs) => {
        const member = apply(applyAll(marks), { kind: 'played', seqs });
        expect(without(seqs, member.read)).toEqual([]);
        expect(without(seqs, member.played)).toEqual([]);
        expect(without(seqs, deliveredTo(member, highestSeq))).toEqual([]);
      }),
    );
  });

  it('[CT2] nothing from before the membership is the member’s to mark', () => {
    const joins = fc.integer({ min: 1, max: highestSeq });
    fc.assert(
      fc.property(joins, kinds, rangeSets, (from, kind, seqs) => {
        const member = apply(aMember({ from }), { kind, seqs });
        const entitled = intersect(seqs, setOfRange(from, highestSeq));
        expect(deliveredTo(member, highestSeq)).toEqual(entitled);
        if (kind !== 'delivered') expect(member.read).toEqual(entitled);
      }),
    );
  });

  it('[CT2] a position covers the present membership and nothing before it', () => {
    expect(upToPosition(aMember({ from: 5 }), 9)).toEqual(setOfRange(5, 9));
    expect(upToPosition(aMember({ from: 5 }), 5)).toEqual(setOfRange(5, 5));
    expect(upToPosition(aMember({ from: 5 }), 4)).toEqual([]);
  });
});

describe('a sender', () => {
  it('[RD5] has read their own message from the start, without a receipt for it', () => {
    const before = aMember({ read: setOfRange(1, 3), version: 4 });
    const after = markOwn(before, 9);
    expect(after.read).toEqual(setOfSeqs([1, 2, 3, 9]));
    expect(hasRead(after, 9)).toBe(true);
    expect(hasRead(after, 8)).toBe(false);
    expect(after).toMatchObject({ receiptEvents: [], version: 5 });
  });

  it('[RD5] is not held back at their own message by what they read around it', () => {
    const member = apply(markOwn(aMember(), 2), { kind: 'read', seqs: setOfSeqs([1, 3]) });
    expect(member.receiptEvents).toEqual([{ kind: 'read', at: 1, ranges: setOfSeqs([1, 3]) }]);
    expect(positionFrom(member.read, member.from)).toBe(3);
  });
});
