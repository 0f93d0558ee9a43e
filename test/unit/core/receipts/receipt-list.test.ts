import type { MemberState } from '@seenby/core/members/member.ts';
import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { TimeSpan } from '@seenby/core/reading/private-times.ts';
import { earliestTimes, membersInState, receiptLines } from '@seenby/core/receipts/receipt-list.ts';
import {
  blockOf,
  type LoggedReceiptEvent,
  splitReceiptEvent,
} from '@seenby/core/receipts/receipt-log-block.ts';
import type { ReceiptLine } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { newestReceiptEvents } from '../../../../functions/store/codecs/receipt-event-codec.ts';
import { decodeBlock, encodeBlock } from '../../../../functions/store/codecs/receipt-log-codec.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { ExpectedGroup } from '../../../support/reference/expected-group.ts';
import { stories } from '../../../support/reference/story.ts';
import { PlayedGroup } from '../played-group.ts';
import { kinds } from './receipt-events.ts';

/** All that history keeps of the members' receipt events, as it comes back from its blocks. */
function loggedEvents(members: readonly MemberState[]): LoggedReceiptEvent[] {
  const blocks = Map.groupBy(
    members.flatMap(({ ordinal, receiptEvents }) =>
      receiptEvents.flatMap((event) => [...splitReceiptEvent(ordinal, event)]),
    ),
    ({ block }) => block,
  );
  return [...blocks].flatMap(([block, receiptEvents]) =>
    decodeBlock(encodeBlock(receiptEvents), block),
  );
}

const withNewestMoves = (members: readonly MemberState[]): MemberState[] =>
  members.map((member) => ({
    ...member,
    receiptEvents: newestReceiptEvents(member.receiptEvents, 64),
  }));

/** The same things, some of them twice, in another order. */
const disordered = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
  fc
    .subarray([...things])
    .chain((again) =>
      fc.shuffledSubarray([...things, ...again], { minLength: things.length + again.length }),
    );

const bySeq = fc
  .record({ story: stories })
  .map(({ story }) => ({ played: new PlayedGroup(story), reference: new ExpectedGroup(story) }))
  .chain(({ played, reference }) =>
    fc.record({
      played: fc.constant(played),
      reference: fc.constant(reference),
      history: disordered(loggedEvents(played.members)),
    }),
  );

const byUserId = (a: ReceiptLine, b: ReceiptLine): number => (a.userId < b.userId ? -1 : 1);

describe('the receipt list of a message', () => {
  it('[CT3] [CT4] [RD3] has every first time, in whatever order history comes, twice or once', () => {
    fc.assert(
      fc.property(bySeq, ({ played, reference, history }) => {
        const members = withNewestMoves(played.members);
        for (const message of played.messages) {
          const listed = membersInState(members, message.seq, undefined, played.group.recalled);
          const lines = receiptLines(listed, history, message);
          expect(lines.sort(byUserId)).toEqual(reference.audience(message.seq));
        }
      }),
    );
  });

  it('[CT4] has the newest times before history knows them', () => {
    const receiptEvents = [{ kind: 'read' as const, at: 70, ranges: setOfRange(2, 4) }];
    const member = aMember({ read: setOfRange(2, 4), receiptEvents });
    const message = { seq: 3, senderId: 'bo', createdAt: 10 };
    const line = { userId: 'ann', deliveredAt: 70, readAt: 70 };
    expect(receiptLines([member], [], message)).toEqual([line]);
    const earlier = { ordinal: 1, kind: 'delivered' as const, from: 3, to: 3, at: 60 };
    const foreign = { ...earlier, ordinal: 2, at: 5 };
    const beside = { ...earlier, from: 4, to: 9, at: 5 };
    expect(receiptLines([member], [earlier, foreign, beside], message)).toEqual([
      { ...line, deliveredAt: 60 },
    ]);
  });

  it('[CT1] says who from the member rows alone: receipt events only add times', () => {
    const strayMoves = fc.array(
      fc.record({
        ordinal: fc.integer({ min: 1, max: 6 }),
        kind: kinds,
        from: fc.constant(1),
        to: fc.constant(60),
        at: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(stories, strayMoves, (story, stray) => {
        const { members, messages } = new PlayedGroup(story);
        for (const message of messages) {
          const who = (history: LoggedReceiptEvent[]) =>
            receiptLines(membersInState(members, message.seq, undefined), history, message).map(
              ({ userId, readAt, deliveredAt, left }) => [
                userId,
                readAt !== null,
                deliveredAt !== null,
                left,
              ],
            );
          expect(who(stray)).toEqual(who([]));
        }
      }),
    );
  });

  it('[CT4] has each time of the newest receipt events, not only the first one', () => {
    const receiptEvents = [
      { kind: 'delivered' as const, at: 60, ranges: setOfRange(2, 4) },
      { kind: 'read' as const, at: 70, ranges: setOfRange(2, 4) },
      { kind: 'played' as const, at: 80, ranges: setOfSeqs([3]) },
    ];
    const member = aMember({ read: setOfRange(2, 4), played: setOfSeqs([3]), receiptEvents });
    const message = { seq: 3, senderId: 'bo', createdAt: 10 };
    expect(receiptLines([member], [], message)).toEqual([
      { userId: 'ann', deliveredAt: 60, readAt: 70, playedAt: 80 },
    ]);
  });

  it('[CT4] has no time where none was ever kept', () => {
    const member = aMember({ read: setOfSeqs([3]) });
    const message = { seq: 3, senderId: 'bo', createdAt: 10 };
    const [line] = receiptLines([member], [], message);
    expect(line).toStrictEqual({
      ...{ userId: 'ann', deliveredAt: null, readAt: null, withoutTime: 'read' },
    });
  });

  it('[CT4] says what it has no time of: the most that the member did', () => {
    const message = { seq: 3, senderId: 'bo', createdAt: 10 };
    const seqs = setOfSeqs([3]);
    const withoutTime = (with_: Partial<MemberState>) =>
      receiptLines([aMember(with_)], [], message)[0]?.withoutTime;
    expect(withoutTime({})).toBeUndefined();
    expect(withoutTime({ delivered: seqs })).toBe('delivered');
    expect(withoutTime({ read: seqs, played: seqs })).toBe('played');
  });

  it('[TR2] has no time of what was done in a private time, and no later one in its place', () => {
    const seqs = setOfRange(3, 4);
    const receiptEvents = [{ kind: 'read' as const, at: 70, ranges: setOfSeqs([4]) }];
    const [ann, bo] = [
      aMember({ read: seqs, receiptEvents }),
      aMember({ userId: 'bo', ordinal: 2, read: seqs, receiptEvents }),
    ];
    const logged = { ordinal: 1, kind: 'read' as const, from: 3, to: 3, at: 40 };
    const message = { seq: 3, senderId: 'cy', createdAt: 10 };
    const timesOf = (...spans: TimeSpan[]) =>
      receiptLines([ann, bo], [logged], message, spans).map(({ readAt }) => readAt);
    // The row of the second lost its event, which was made no later than the one it has.
    expect(timesOf()).toEqual([40, 70]);
    expect(timesOf({ fromMs: 30, toMs: 50 })).toEqual([null, 70]);
    expect(timesOf({ fromMs: 50, toMs: 60 })).toEqual([40, 70]);
  });

  it('[CT3] marks the sender, whose times are those of the message', () => {
    const sender = aMember({ name: 'Ann', read: setOfSeqs([3]) });
    const late = { ordinal: 1, kind: 'delivered' as const, from: 3, to: 3, at: 90 };
    expect(receiptLines([sender], [late], { seq: 3, senderId: 'ann', createdAt: 10 })).toEqual([
      { userId: 'ann', name: 'Ann', isSender: true, deliveredAt: 10, readAt: 10 },
    ]);
  });

  it('[CT4] gives the earliest time of each kind, in any order and with duplicates', () => {
    const receiptEvents = fc.array(
      fc.record({
        ordinal: fc.integer({ min: 1, max: 3 }),
        kind: kinds,
        from: fc.integer({ min: 1, max: 6 }),
        to: fc.integer({ min: 3, max: 9 }),
        at: fc.nat({ max: 1000 }),
      }),
    );
    const pairs = receiptEvents.chain((list) => fc.tuple(fc.constant(list), disordered(list)));
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 9 }), ([list, shuffled], seq) => {
        const times = earliestTimes(shuffled, seq);
        for (const [ordinal, known] of times) {
          for (const kind of ['read', 'delivered', 'played'] as const) {
            const all = list
              .filter((event) => event.ordinal === ordinal && event.kind === kind)
              .filter(({ from, to }) => from <= seq && seq <= to)
              .map(({ at }) => at);
            expect(known[kind]).toBe(all.length > 0 ? Math.min(...all) : undefined);
          }
        }
        const named = list.filter(({ from, to }) => from <= seq && seq <= to);
        expect(new Set(times.keys())).toEqual(new Set(named.map(({ ordinal }) => ordinal)));
      }),
    );
  });

  it('[CT7] needs only the block of its message', () => {
    fc.assert(
      fc.property(
        fc.array(kinds, { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 400 }),
        (list, n) => {
          const ranges = [{ from: 1, to: 400 }];
          const receiptEvents = list.map((kind, i) => ({ kind, at: 100 - i, ranges }));
          const all = receiptEvents.flatMap((event) => [...splitReceiptEvent(1, event)]);
          const seq = 1 + (n % 400);
          const inBlock = all.filter(({ block }) => block === blockOf(seq));
          expect(earliestTimes(inBlock, seq)).toEqual(earliestTimes(all, seq));
        },
      ),
    );
  });
});
