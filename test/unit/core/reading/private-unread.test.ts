import { audienceOf, deliveredTo } from '@seenby/core/counts/audience.ts';
import { countRanges } from '@seenby/core/counts/counts.ts';
import { leave } from '@seenby/core/members/membership.ts';
import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { mark, markOwn, markUnread } from '@seenby/core/reading/marking.ts';
import { unreadOf } from '@seenby/core/reading/unread.ts';
import { describe, expect, it } from 'vitest';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { highestSeq, rangeSets } from '../ranges/seq-sets.ts';

const group = aGroup({ lastSeq: 10 });
const reader = aMember({ read: setOfRange(1, 10), receiptEvents: [], version: 3 });

describe('a badge put back', () => {
  it('[RD7] counts from its message on, less what the member sent', () => {
    const member = markUnread(reader, 6, setOfSeqs([8, 9]));
    expect(unreadOf(member, group, 0)).toEqual({ readSeq: 5, unreadCount: 3, mentionCount: 0 });
  });

  it('[RD7] can be put back once more, further up or down', () => {
    const lower = markUnread(markUnread(reader, 6, []), 2, []);
    expect(unreadOf(lower, group, 0)).toMatchObject({ readSeq: 1, unreadCount: 9 });
    const higher = markUnread(lower, 10, []);
    expect(unreadOf(higher, group, 0)).toMatchObject({ readSeq: 9, unreadCount: 1 });
  });

  it('[RD7] changes nothing that others see', () => {
    const seqs = fc.integer({ min: 1, max: highestSeq });
    fc.assert(
      fc.property(rangeSets, rangeSets, seqs, (read, delivered, fromSeq) => {
        const before = aMember({ read, delivered });
        const after = markUnread(before, fromSeq, []);
        expect(after.read).toEqual(before.read);
        expect(after.version).toBe(before.version);
        expect(after.receiptEvents).toEqual(before.receiptEvents);
        for (const view of [audienceOf, deliveredTo]) {
          expect(view(after, highestSeq)).toEqual(view(before, highestSeq));
        }
        expect(countRanges([after], 1, highestSeq)).toEqual(countRanges([before], 1, highestSeq));
      }),
    );
  });

  it.each(['read', 'played'] as const)('[RD7] goes when a message from it on is %s', (kind) => {
    const member = markUnread(reader, 6, []);
    const played = kind === 'played';
    const marked = mark(
      played ? { ...member, played: setOfRange(1, 10) } : member,
      kind,
      setOfSeqs([6]),
      9,
      10,
    );
    if (marked.outcome !== 'advanced') throw new Error('The badge stayed.');
    expect(marked.added).toEqual([]);
    expect(marked.member).not.toHaveProperty('privateUnread');
    expect(marked.member).toMatchObject({ receiptEvents: [], read: reader.read });
    expect(unreadOf(marked.member, group, 0)).toMatchObject({ readSeq: 10, unreadCount: 0 });
  });

  it('[RD7] stays when only messages below it are read, or any are delivered', () => {
    const member = markUnread(aMember({ read: setOfRange(3, 10) }), 6, []);
    const below = mark(member, 'read', setOfRange(1, 5), 9, 10);
    if (below.outcome !== 'advanced') throw new Error('Nothing was read.');
    expect(below.member.privateUnread).toEqual({ fromSeq: 6, own: [] });
    expect(unreadOf(below.member, group, 0)).toMatchObject({ readSeq: 5, unreadCount: 5 });
    expect(mark(member, 'delivered', setOfRange(6, 10), 9, 10).outcome).toBe('unchanged');
    expect(mark(member, 'read', [], 9, 10).outcome).toBe('unchanged');
  });

  it('[RD7] [UN1] never counts what the member sends while it stands', () => {
    const member = markOwn(markUnread(reader, 6, []), 11);
    expect(unreadOf(member, { ...group, lastSeq: 11 }, 0).unreadCount).toBe(5);
    expect(unreadOf(member, { ...group, lastSeq: 12 }, 0).unreadCount).toBe(6);
  });

  it('[RD7] goes without a sign to others', () => {
    const marked = mark(markUnread(reader, 6, []), 'read', setOfRange(1, 10), 9, 10);
    expect(marked).toMatchObject({ outcome: 'advanced', member: { version: reader.version } });
  });

  it('[CT2] does not outlive the membership', () => {
    expect(leave(markUnread(reader, 6, []), 9)).not.toHaveProperty('privateUnread');
  });
});
