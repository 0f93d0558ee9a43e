import { dayMs } from '@seenby/core/day.ts';
import {
  emptySet,
  has,
  type RangeSet,
  setOfRange,
  setOfSeqs,
} from '@seenby/core/ranges/range-set.ts';
import type { LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import {
  addReadings,
  type CountedMessage,
  ReadingRollUp,
} from '@seenby/core/statistics/reading-roll-up.ts';
import {
  countDay,
  countedDay,
  type DayStatistics,
  summarize,
} from '@seenby/core/statistics/statistics.ts';
import { describe, expect, it } from 'vitest';
import {
  decodeReadings,
  encodeReadings,
} from '../../../../functions/store/codecs/reading-codec.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { referenceMedian } from '../../../support/reference/reference-median.ts';

const names = ['ann', 'bob', 'cat', 'dan', 'eve'];
const count = 12;

interface Story {
  messages: CountedMessage[];
  members: ReturnType<typeof aMember>[];
  /** The first read of each member and seq, if its time is known. */
  readAt: Map<string, number>;
  receiptEvents: LoggedReceiptEvent[];
}

/**
 * Twelve messages; for each member where they joined, whether they left, what they were there for before,
 * and what they read when.
 */
const stories = fc
  .record({
    senders: fc.array(fc.nat({ max: 4 }), { minLength: count, maxLength: count }),
    joins: fc.array(
      fc.record({
        from: fc.integer({ min: 1, max: 14 }),
        history: fc.nat({ max: 4 }),
        left: fc.boolean(),
        isLate: fc.boolean(),
        formerTo: fc.nat({ max: 8 }),
        formerHistoryTo: fc.nat({ max: 3 }),
      }),
      { minLength: 5, maxLength: 5 },
    ),
    reads: fc.array(
      fc.record({
        who: fc.nat({ max: 4 }),
        seq: fc.integer({ min: 1, max: count }),
        delays: fc.array(fc.nat({ max: 90_000 }), { maxLength: 3 }),
        kind: fc.constantFrom('read' as const, 'played' as const),
      }),
      { maxLength: 60 },
    ),
  })
  .map(({ senders, joins, reads }): Story => {
    const messages = senders.map((who, i) => ({
      seq: i + 1,
      senderId: names[who] ?? '',
      createdAt: 1_000_000 + i * 7000,
    }));
    const read = names.map((name, who): RangeSet => {
      const own = messages.filter(({ senderId }) => senderId === name).map(({ seq }) => seq);
      return setOfSeqs([...own, ...reads.filter((r) => r.who === who).map(({ seq }) => seq)]);
    });
    const members = joins.map(({ from, history, left, isLate, formerTo, formerHistoryTo }, who) =>
      aMember({
        ...{ userId: names[who] ?? '', ordinal: who + 1, read: read[who] ?? emptySet },
        ...{ from, since: from + history, left, former: setOfRange(1, formerTo) },
        formerHistory: setOfRange(1, Math.min(formerTo, formerHistoryTo)),
        joinedAt: isLate ? dayMs : 0,
      }),
    );
    const receiptEvents: LoggedReceiptEvent[] = [];
    const readAt = new Map<string, number>();
    for (const { who, seq, delays, kind } of reads) {
      for (const delay of delays) {
        const at = (messages[seq - 1]?.createdAt ?? 0) + delay;
        receiptEvents.push({ ordinal: who + 1, kind, from: seq, to: seq, at });
        const name = `${names[who]} ${seq}`;
        readAt.set(name, Math.min(readAt.get(name) ?? Infinity, at));
      }
      receiptEvents.push({ ordinal: who + 1, kind: 'delivered', from: seq, to: seq, at: 1 });
    }
    return { messages, members, readAt, receiptEvents };
  });

/** One pair of member and message after the other, as the rule reads. */
function pairsOf({ messages, members, readAt }: Story) {
  return members.flatMap((member) =>
    messages
      .filter(({ senderId }) => senderId !== member.userId)
      .map(({ seq, createdAt }) => {
        const isIn = has(member.read, seq) || (!member.left && seq >= member.from);
        const wasIn = has(member.former, seq);
        return {
          member,
          entitled: isIn,
          own: isIn || wasIn,
          isCounted: member.joinedAt === 0 || (wasIn && !has(member.formerHistory, seq)),
          read: has(member.read, seq),
          delay: (readAt.get(`${member.userId} ${seq}`) ?? NaN) - createdAt,
        };
      }),
  );
}

function reference(story: Story) {
  const pairs = pairsOf(story).filter(({ isCounted, entitled }) => isCounted && entitled);
  const delays = pairs.map(({ delay }) => delay).filter((delay) => !Number.isNaN(delay));
  const audience = pairs.length;
  const reads = pairs.filter(({ read }) => read);
  const total = delays.reduce((sum, delay) => sum + delay, 0);
  return {
    messages: story.messages.length,
    readRate: audience > 0 ? reads.length / audience : 0,
    averageReadDelayMs: delays.length > 0 ? Math.round(total / delays.length) : null,
    medianReadDelayMs: referenceMedian(delays),
    activeReaders: new Set(reads.map(({ member }) => member.userId)).size,
  };
}

function rollUpOf({ members, messages, receiptEvents }: Story, chunk = count): ReadingRollUp {
  const rollUp = new ReadingRollUp(members, { day: 0 });
  for (let i = 0; i < messages.length; i += chunk)
    rollUp.add(messages.slice(i, i + chunk), receiptEvents);
  return rollUp;
}

describe('[ST1] statistics', () => {
  it('are what counting pair by pair gives, own messages left out', () => {
    fc.assert(
      fc.property(stories, (story) => {
        expect(summarize([countDay(rollUpOf(story))])).toMatchObject(reference(story));
      }),
    );
  });

  it('are the same whatever the order, the repetition and the chunks', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 5 }), (story, chunk) => {
        const again = {
          ...story,
          receiptEvents: [...story.receiptEvents.toReversed(), ...story.receiptEvents],
        };
        expect(countDay(rollUpOf(again, chunk)).day).toEqual(countDay(rollUpOf(story)).day);
      }),
    );
  });

  it('of several days are those of one long day, but for what only receipts tell', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: count }), (story, cut) => {
        const parts = [story.messages.slice(0, cut), story.messages.slice(cut)];
        const days = parts.map((messages) => countDay(rollUpOf({ ...story, messages })));
        expect(summarize(days)).toEqual(summarize([countDay(rollUpOf(story))]));
        const { medianReadDelayMs: _median, ...kept } = summarize(
          days.map(({ day }) => countedDay(day)),
        );
        expect(summarize(days)).toMatchObject(kept);
      }),
    );
  });

  it('of a member are of all that was theirs, older messages and earlier memberships included', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const all = rollUpOf(story).readings();
        const pairs = pairsOf(story);
        for (const { ordinal, userId } of story.members) {
          const theirs = pairs.filter(({ member, own }) => own && member.userId === userId);
          expect(all.get(ordinal)).toMatchObject({
            messages: theirs.length,
            read: theirs.filter(({ read }) => read).length,
            delayCount: theirs.filter(({ delay }) => !Number.isNaN(delay)).length,
          });
        }
      }),
    );
  });

  it('of the members, as far as others may know of them, are those of the group taken apart', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const rollUp = rollUpOf(story);
        const counted = rollUp.countedReadings();
        const pairs = pairsOf(story).filter(({ isCounted, entitled }) => isCounted && entitled);
        for (const { ordinal, userId } of story.members) {
          const theirs = pairs.filter(({ member }) => member.userId === userId);
          expect(counted.get(ordinal)).toMatchObject({
            messages: theirs.length,
            read: theirs.filter(({ read }) => read).length,
          });
        }
        const { delaySumMs, delayCount } = addReadings(counted.values());
        expect(countDay(rollUp).day).toMatchObject({ delaySumMs, delayCount });
      }),
    );
  });

  it('[TR6] leave out times that are nobody’s to know, but for the member’s own figures', () => {
    const member = aMember({ read: setOfSeqs([1, 2]) });
    const messages = [1, 2].map((seq) => ({ seq, senderId: 'bob', createdAt: 0 }));
    const readAt = (at: number, seq: number) =>
      ({ ordinal: 1, kind: 'read', from: seq, to: seq, at }) as const;
    const rollUp = new ReadingRollUp([member], { privateTimes: [{ fromMs: 5, toMs: 10 }] });
    rollUp.add(messages, [readAt(10, 1), readAt(11, 2)]);
    expect(countDay(rollUp).day).toMatchObject({ reads: 2, delaySumMs: 11, delayCount: 1 });
    expect(rollUp.readings().get(1)).toMatchObject({ delaySumMs: 21, delayCount: 2 });
    expect(rollUp.countedReadings().get(1)).toMatchObject({ delaySumMs: 11, delayCount: 1 });
  });

  it('of a day whose receipts are gone have its median, with the weight of its delays', () => {
    const day: DayStatistics = {
      ...{ messages: 1, audience: 5, reads: 3, delaySumMs: 0, delayCount: 3, readers: [] },
      medianDelayMs: 40,
    };
    const none = { ...day, delayCount: 0, medianDelayMs: null };
    const other = { ...day, delayCount: 1, medianDelayMs: 90 };
    const median = (...days: DayStatistics[]) => summarize(days.map(countedDay)).medianReadDelayMs;
    expect([median(day), median(day, none), median(none)]).toEqual([40, 40, null]);
    expect([median(day, other), median(other)]).toEqual([40, 90]);
  });

  it('name to a member what of some messages they have not read', () => {
    const member = aMember({ read: setOfSeqs([1, 3]) });
    const rollUp = new ReadingRollUp([member]);
    expect(rollUp.unreadBy(member)).toEqual([]);
    const messages = [1, 2, 3, 5].map((seq) => ({ seq, senderId: 'bob', createdAt: 1 }));
    rollUp.add(messages, []);
    expect(rollUp.unreadBy(member)).toEqual(setOfSeqs([2, 5]));
    expect(rollUp.unreadBy({ ...member, from: 3 })).toEqual(setOfSeqs([5]));
  });

  it('of nothing are zero, and no delay', () => {
    expect(summarize([])).toEqual({
      messages: 0,
      readRate: 0,
      averageReadDelayMs: null,
      medianReadDelayMs: null,
      activeReaders: 0,
    });
  });

  it('of a member survive being stored', () => {
    const reading = fc.record({
      messages: fc.nat(),
      read: fc.nat(),
      delaySumMs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      delayCount: fc.nat(),
    });
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[1-9]\d{0,4}$/), reading), (days) => {
        const byDay = new Map(Object.entries(days).map(([day, each]) => [Number(day), each]));
        expect(decodeReadings(encodeReadings(byDay))).toEqual(byDay);
      }),
    );
  });
});
