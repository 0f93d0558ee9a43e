import {
  clipCounts,
  commonVersion,
  countRanges,
  countsOf,
  groupVersion,
  ownVersion,
  statusOf,
} from '@seenby/core/counts/counts.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { membersInState } from '@seenby/core/receipts/receipt-list.ts';
import type { Counts } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { ExpectedGroup } from '../../../support/reference/expected-group.ts';
import { stories } from '../../../support/reference/story.ts';
import { PlayedGroup } from '../played-group.ts';

const sameCounts = (a: Counts, b: Counts): boolean =>
  a.readCount === b.readCount &&
  a.deliveredCount === b.deliveredCount &&
  a.totalCount === b.totalCount;

describe('counts', () => {
  it('[CT1] [CT8] add up, and are those of a note per message and member', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { members, messages, group } = new PlayedGroup(story);
        const reference = new ExpectedGroup(story);
        for (const { seq } of messages) {
          const counts = countsOf(members, seq, group.recalled);
          const { readCount, unreadCount, deliveredCount, totalCount } = counts;
          expect(readCount + unreadCount).toBe(totalCount);
          expect(readCount).toBeLessThanOrEqual(deliveredCount);
          expect(deliveredCount).toBeLessThanOrEqual(totalCount);
          expect(readCount).toBeGreaterThanOrEqual(1);
          expect(counts).toEqual(reference.counts(seq));
        }
      }),
    );
  });

  it('[CT1] [CT2] [CT8] each is the length of its list', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { members, messages, group } = new PlayedGroup(story);
        const reference = new ExpectedGroup(story);
        for (const { seq } of messages) {
          const listed = (state?: 'read' | 'unread' | 'delivered') =>
            membersInState(members, seq, state, group.recalled);
          const length = (state?: 'read' | 'unread' | 'delivered') => listed(state).length;
          expect({
            readCount: length('read'),
            unreadCount: length('unread'),
            deliveredCount: length('delivered'),
            totalCount: length(),
          }).toEqual(countsOf(members, seq, group.recalled));
          const audience = listed().map(({ userId }) => userId);
          expect(audience.sort()).toEqual(reference.audience(seq).map(({ userId }) => userId));
        }
      }),
    );
  });

  it('[CT5] the status is read or delivered once it is so for all', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(stories, (story) => {
        const { members, messages, group } = new PlayedGroup(story);
        const reference = new ExpectedGroup(story);
        for (const { seq } of messages) {
          const status = statusOf(countsOf(members, seq, group.recalled));
          expect(status).toBe(reference.status(seq));
          seen.add(status);
        }
      }),
    );
    expect([...seen].sort()).toEqual(['delivered', 'read', 'sent']);
  });

  it('[CT6] of a range cover exactly the seqs asked for, in as few ranges as can be', () => {
    const ends = fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 99 }));
    fc.assert(
      fc.property(stories, ends, (story, [a, b]) => {
        const { members, group } = new PlayedGroup(story);
        const reference = new ExpectedGroup(story);
        const [from, to] = [a, b].map((n) => 1 + (n % Math.max(1, group.lastSeq))).sort(ascending);
        if (from === undefined || to === undefined || group.lastSeq === 0) return;
        const ranges = countRanges(members, from, to, group.recalled);
        let next = from;
        for (const [i, { fromSeq, toSeq, ...counts }] of ranges.entries()) {
          expect(fromSeq).toBe(next);
          expect(toSeq).toBeGreaterThanOrEqual(fromSeq);
          for (let seq = fromSeq; seq <= toSeq; seq++)
            expect(counts).toEqual(reference.counts(seq));
          const before = ranges[i - 1];
          if (before) expect(sameCounts(before, counts)).toBe(false);
          next = toSeq + 1;
        }
        expect(next).toBe(to + 1);
      }),
    );
  });

  it('[CT8] of a recalled message are its readers, and nothing else is changed', () => {
    const read = (userId: string, to: number) => aMember({ userId, read: setOfRange(1, to) });
    const members = [read('ann', 9), read('bo', 5), aMember({ userId: 'cy' })];
    const counts = (fromSeq: number, toSeq: number, readCount: number, totalCount: number) => ({
      ...{ fromSeq, toSeq, readCount, deliveredCount: readCount },
      ...{ unreadCount: totalCount - readCount, totalCount },
    });
    expect(countRanges(members, 2, 8, setOfSeqs([1, 4, 7, 8, 9]))).toEqual([
      ...[counts(2, 3, 2, 3), counts(4, 4, 2, 2), counts(5, 5, 2, 3)],
      ...[counts(6, 6, 1, 3), counts(7, 8, 1, 1)],
    ]);
  });

  it('[CT5] a message that nobody else is to read stays sent', () => {
    const member = aMember({ read: setOfRange(1, 1) });
    expect(statusOf(countsOf([member], 1))).toBe('sent');
    expect(statusOf(countsOf([member, { ...member, userId: 'bo' }], 1))).toBe('read');
  });

  it('[CT6] of many messages in the same state are one range, however many', () => {
    const members = [aMember({ read: setOfRange(1, 1_000_000) }), aMember({ userId: 'bo' })];
    const counts = { readCount: 1, deliveredCount: 1, unreadCount: 1, totalCount: 2 };
    const all = { fromSeq: 1, toSeq: 1_000_000, ...counts };
    expect(countRanges(members, 1, 1_000_000)).toEqual([all]);
    expect(countRanges(members, 5, 4)).toEqual([]);
    expect(countRanges([], 1, 9)).toEqual([
      { fromSeq: 1, toSeq: 9, readCount: 0, deliveredCount: 0, unreadCount: 0, totalCount: 0 },
    ]);
  });

  it('[CT6] of some of the messages are cut to these', () => {
    const counts = (fromSeq: number, toSeq: number, readCount: number) => ({
      ...{
        fromSeq,
        toSeq,
        readCount,
        deliveredCount: 3,
        unreadCount: 3 - readCount,
        totalCount: 3,
      },
    });
    const all = [counts(1, 4, 1), counts(5, 8, 2), counts(9, 9, 3)];
    expect(clipCounts(all, [{ from: 4, to: 5 }, setOfRange(7, 9)].flat())).toEqual([
      ...[counts(4, 4, 1), counts(5, 5, 2), counts(7, 8, 2), counts(9, 9, 3)],
    ]);
    expect(clipCounts(all, [{ from: 10, to: 12 }])).toEqual([]);
    expect(clipCounts(all, [])).toEqual([]);
  });

  it('[PU4] carry a version that rises whenever any of them changes, and never falls', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { before, after, others, lastSeq } of new PlayedGroup(story).changes) {
          const rowsBefore = before ? [...others, before] : others;
          const rowsAfter = [...others, after];
          const rise = groupVersion(rowsAfter) - groupVersion(rowsBefore);
          expect(rise).toBeGreaterThanOrEqual(0);
          const earlier = countRanges(rowsBefore, 1, lastSeq);
          if (rise === 0) expect(countRanges(rowsAfter, 1, lastSeq)).toEqual(earlier);
        }
      }),
    );
  });
});

it('[PU4] a version rises with whoever comes or goes, however much was read by a row that is gone', () => {
  const reader = { turns: 1, version: 1000 };
  expect(groupVersion([reader], 1)).toBeLessThan(groupVersion([], 3));
  expect(groupVersion([reader], 1)).toBeLessThan(groupVersion([{ turns: 2, version: 2 }], 1));
});

it('[TR6] [PU4] the version for who sees some messages rises with their counts, never falls, and with no other', () => {
  fc.assert(
    fc.property(stories, fc.array(fc.integer({ min: 1, max: 12 })), (story, own) => {
      const seqs = setOfSeqs(own);
      for (const { before, after, others, lastSeq } of new PlayedGroup(story).changes) {
        if (before && before.from !== after.from) continue;
        const seen = (rows: readonly MemberState[]) => {
          const counts = clipCounts(countRanges(rows, 1, lastSeq), seqs);
          return { counts, version: ownVersion(commonVersion(rows, 0), counts) };
        };
        const [was, is] = [seen(before ? [...others, before] : others), seen([...others, after])];
        expect(is.version).toBeGreaterThanOrEqual(was.version);
        const isTurn = !before || before.turns !== after.turns;
        const isSame = JSON.stringify(was.counts) === JSON.stringify(is.counts);
        if (!isTurn) expect(is.version === was.version).toBe(isSame);
      }
    }),
  );
});

const ascending = (a: number, b: number): number => a - b;
