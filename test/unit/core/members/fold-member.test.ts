import { countRanges } from '@seenby/core/counts/counts.ts';
import { foldFloorOf, foldMember, isForgettable } from '@seenby/core/members/fold-member.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import {
  difference,
  intersect,
  rangeSet,
  setOfRange,
  setOfSeqs,
} from '@seenby/core/ranges/range-set.ts';
import { mark } from '@seenby/core/reading/marking.ts';
import { deliveredPosition, unreadOf } from '@seenby/core/reading/unread.ts';
import { membersInState } from '@seenby/core/receipts/receipt-list.ts';
import { describe, expect, it } from 'vitest';
import { outgrowsRow } from '../../../../functions/store/member-size.ts';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { highestSeq, rangeSets, runs } from '../ranges/seq-sets.ts';

const members: fc.Arbitrary<MemberState> = fc
  .record({
    left: fc.boolean(),
    from: fc.integer({ min: 1, max: highestSeq }),
    read: rangeSets,
    delivered: rangeSets,
    played: rangeSets,
    mentions: rangeSets,
    privateReads: rangeSets,
    badge: fc.option(fc.integer({ min: 1, max: highestSeq })),
  })
  .map(({ badge, ...sets }) =>
    aMember({
      ...sets,
      delivered: difference(sets.delivered, sets.read),
      played: intersect(sets.played, sets.read),
      ...(badge !== null && { privateUnread: { fromSeq: badge, own: [] } }),
    }),
  );

const floors = fc.integer({ min: 0, max: highestSeq - 1 });
const group = aGroup({ lastSeq: highestSeq });

describe('[CT9] a member row folded below a floor', () => {
  it('changes no count and no list above it', () => {
    fc.assert(
      fc.property(fc.array(members, { maxLength: 5 }), floors, (rows, floor) => {
        const folded = rows.map((row) => foldMember(row, floor));
        const [from, to] = [floor + 1, highestSeq];
        expect(countRanges(folded, from, to)).toEqual(countRanges(rows, from, to));
        for (const state of ['read', 'unread', 'delivered', undefined] as const) {
          for (let seq = from; seq <= to; seq++) {
            const placesIn = (list: readonly MemberState[]) =>
              membersInState(list, seq, state).map((row) => list.indexOf(row));
            expect(placesIn(folded)).toEqual(placesIn(rows));
          }
        }
      }),
    );
  });

  it('changes no position, no badge and no version', () => {
    fc.assert(
      fc.property(members, rangeSets, floors, (row, recalled, floor) => {
        const folded = foldMember(row, floor);
        const where = { ...group, recalled };
        expect(unreadOf(folded, where, floor)).toEqual(unreadOf(row, where, floor));
        expect(deliveredPosition(folded, where, floor)).toBe(deliveredPosition(row, where, floor));
        expect(folded.version).toBe(row.version);
      }),
    );
  });

  it('takes marks as before, as far as they are above the floor', () => {
    const kinds = fc.constantFrom('read' as const, 'delivered' as const, 'played' as const);
    fc.assert(
      fc.property(members, runs, kinds, floors, (row, seqs, kind, floor) => {
        const gone = setOfRange(1, floor);
        const above = setOfRange(floor + 1, highestSeq);
        const marked = (member: MemberState) =>
          mark(member, kind, rangeSet(seqs), 1, highestSeq, { gone });
        const [plain, folded] = [marked(row), marked(foldMember(row, floor))];
        expect(folded.outcome).toBe(plain.outcome);
        if (plain.outcome === 'unchanged' || folded.outcome === 'unchanged') return;
        expect(intersect(folded.added, above)).toEqual(intersect(plain.added, above));
        expect(intersect(folded.member.read, above)).toEqual(intersect(plain.member.read, above));
      }),
    );
  });

  it('keeps one range of all that is gone', () => {
    const read = Array.from({ length: 1000 }, (_, i) => ({ from: 3 * i + 1, to: 3 * i + 1 }));
    const folded = foldMember(aMember({ read, played: read, mentions: read }), 3000);
    expect(folded.read).toEqual([{ from: 1, to: 3000 }]);
    expect([...folded.played, ...folded.mentions]).toEqual([]);
  });

  it('ends right at the floor, the badge included', () => {
    const set = setOfRange(2, 6);
    const row = aMember({
      ...{ read: setOfSeqs([6]), delivered: set, played: set, mentions: set, privateReads: set },
      privateUnread: { fromSeq: 3, own: set },
    });
    const above = setOfRange(5, 6);
    expect(foldMember(row, 4)).toEqual({
      ...row,
      read: setOfSeqs([1, 2, 3, 4, 6]),
      ...{ delivered: above, played: above, mentions: above, privateReads: above },
      privateUnread: { fromSeq: 3, own: above },
    });
    expect(foldMember(aMember(), 4)).not.toHaveProperty('privateUnread');
  });

  it('is the row itself where there is nothing to fold', () => {
    const row = aMember({ read: setOfRange(1, 3) });
    expect(foldMember(row, 0)).toBe(row);
    expect(foldMember(row, 1)).not.toBe(row);
  });

  it('is forgotten once its member has left and nothing above the floor was read', () => {
    const leaver = aMember({ left: true, read: setOfRange(2, 5) });
    expect(isForgettable(leaver, 5)).toBe(true);
    expect(isForgettable(leaver, 4)).toBe(false);
    expect(isForgettable({ ...leaver, left: false }, 5)).toBe(false);
    expect(isForgettable({ ...leaver, read: [] }, 0)).toBe(true);
    expect(isForgettable({ ...leaver, read: setOfSeqs([1, 9]) }, 5)).toBe(false);
  });

  it('has its floor where the oldest period that the group still has begins', () => {
    expect(foldFloorOf({ periods: { 100: 40, 101: 90 } })).toBe(40);
    expect(foldFloorOf({ periods: {} })).toBe(0);
  });

  it('is full when it would take more than the row holds, and can always be filled up', () => {
    const read = Array.from({ length: 40_000 }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));
    const full = aMember({ read: read.slice(0, 25_000) });
    expect(outgrowsRow(aMember(), full)).toBe(false);
    expect(outgrowsRow(full, aMember({ read }))).toBe(true);
    const filled = mark(full, 'read', setOfRange(1, 80_000), 1, 80_000);
    expect(filled.outcome === 'advanced' && outgrowsRow(full, filled.member)).toBe(false);
  });
});
