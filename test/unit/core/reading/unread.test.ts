import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { deliveredPosition, unreadOf } from '@seenby/core/reading/unread.ts';
import { describe, expect, it } from 'vitest';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { ExpectedGroup } from '../../../support/reference/expected-group.ts';
import { stories } from '../../../support/reference/story.ts';
import { PlayedGroup } from '../played-group.ts';

describe('unread', () => {
  it('[UN1] [UN3] [RD7] is what a count message by message gives, whatever has expired', () => {
    fc.assert(
      fc.property(stories, fc.nat({ max: 99 }), (story, n) => {
        const played = new PlayedGroup(story);
        const reference = new ExpectedGroup(story);
        const floor = n % (reference.lastSeq + 1);
        for (const userId of reference.userIds) {
          const member = played.member(userId);
          if (member.left) continue;
          for (const expired of [0, floor]) {
            const expected = reference.unread(userId, expired);
            expect(unreadOf(member, played.group, expired)).toEqual(expected);
          }
        }
      }),
    );
  });

  it('[UN1] leaves out what is recalled and what is the member’s own', () => {
    const member = aMember({ read: setOfSeqs([4]) });
    const group = aGroup({ lastSeq: 6, recalled: setOfSeqs([5]) });
    expect(unreadOf(member, group, 0)).toEqual({ readSeq: 0, unreadCount: 4, mentionCount: 0 });
  });

  it('[UN3] counts mentions that are still unread', () => {
    const member = aMember({ read: setOfRange(1, 3), mentions: setOfSeqs([2, 4, 5, 9]) });
    const group = aGroup({ lastSeq: 9, recalled: setOfSeqs([5]) });
    expect(unreadOf(member, group, 0).mentionCount).toBe(2);
    expect(unreadOf(member, group, 4).mentionCount).toBe(1);
  });

  it('[RT1] forgets expired messages, and the position stays where it was or rises', () => {
    const member = aMember({ read: setOfRange(1, 3) });
    const group = aGroup({ lastSeq: 9 });
    expect(unreadOf(member, group, 2)).toMatchObject({ readSeq: 3, unreadCount: 6 });
    expect(unreadOf(member, group, 5)).toMatchObject({ readSeq: 5, unreadCount: 4 });
    expect(unreadOf(member, group, 9)).toMatchObject({ readSeq: 9, unreadCount: 0 });
  });

  it('[CT2] of who joins without history is nothing until somebody writes', () => {
    const member = aMember({ from: 8 });
    expect(unreadOf(member, aGroup({ lastSeq: 7 }), 0)).toMatchObject({
      readSeq: 7,
      unreadCount: 0,
    });
    expect(unreadOf(member, aGroup({ lastSeq: 8 }), 0)).toMatchObject({
      readSeq: 7,
      unreadCount: 1,
    });
  });

  it('[RD4] has a position of what was delivered, which reading moves and recalled messages do not stop', () => {
    const member = aMember({ read: setOfRange(1, 2), delivered: setOfSeqs([4, 5, 8]) });
    const group = aGroup({ lastSeq: 9, recalled: setOfSeqs([3]) });
    expect(deliveredPosition(member, group, 0)).toBe(5);
    expect(deliveredPosition(member, group, 7)).toBe(8);
    expect(deliveredPosition({ ...member, delivered: [] }, group, 0)).toBe(3);
    expect(deliveredPosition({ ...member, from: 8 }, group, 0)).toBe(8);
    expect(deliveredPosition(aMember(), group, 0)).toBe(0);
    expect(deliveredPosition(aMember({ read: setOfRange(1, 9) }), group, 0)).toBe(9);
  });
});
