import type { MemberState } from '@seenby/core/members/member.ts';
import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import { addReadings, ReadingRollUp } from '@seenby/core/statistics/reading-roll-up.ts';
import { countDay } from '@seenby/core/statistics/statistics.ts';
import { expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';

/** Five messages, a second apart. */
const messages = [1, 2, 3, 4, 5].map((seq) => ({ seq, senderId: 'bo', createdAt: seq * 1000 }));

const read = (from: number, to: number, at: number): LoggedReceiptEvent => ({
  ...{ ordinal: 1, kind: 'read', from, to, at },
});

function rollUp(member: MemberState, ...events: LoggedReceiptEvent[]) {
  const rolled = new ReadingRollUp([member]);
  rolled.add(messages, events);
  return rolled;
}

const delayOf = (member: MemberState, ...events: LoggedReceiptEvent[]) => {
  const { delaySumMs, delayCount } =
    rollUp(member, ...events)
      .readings()
      .get(1) ?? {};
  return [delaySumMs, delayCount];
};

it('[ST1] a delay runs from when the member could see the message for the first time', () => {
  const newcomer = aMember({ joinedAt: 4500, from: 1, since: 5, read: setOfRange(1, 5) });
  expect(delayOf(newcomer, read(1, 1, 6000))).toEqual([1500, 1]);
  expect(delayOf(newcomer, read(5, 5, 6000))).toEqual([1000, 1]);
  expect(delayOf(newcomer, read(1, 1, 4500))).toEqual([0, 1]);
  // In a membership before this one.
  expect(delayOf(newcomer, read(1, 1, 4400))).toEqual([3400, 1]);
  const again = { ...newcomer, former: setOfRange(1, 2) };
  expect(delayOf(again, read(1, 3, 6000))).toEqual([5000 + 4000 + 1500, 3]);
});

it('[ST1] an event counts for the messages that the member has read, and for no others', () => {
  const member = aMember({ read: setOfSeqs([1, 2, 4]) });
  expect(delayOf(member, read(1, 9, 10_000))).toEqual([9000 + 8000 + 6000, 3]);
  expect(delayOf(member, read(3, 3, 10_000))).toEqual([0, 0]);
  expect(rollUp(member).unreadBy(member)).toEqual(setOfSeqs([3, 5]));
});

it('[ST1] a day has the median of its delays', () => {
  const member = aMember({ read: setOfRange(1, 5) });
  expect(countDay(rollUp(member, read(1, 5, 9000))).day).toMatchObject({
    ...{ reads: 5, delaySumMs: 30_000, delayCount: 5, medianDelayMs: 6000 },
  });
});

it('[ST1] readings of several days add up', () => {
  const reading = { messages: 7, read: 5, delaySumMs: 900, delayCount: 3 };
  expect(addReadings([])).toEqual({ messages: 0, read: 0, delaySumMs: 0, delayCount: 0 });
  expect(addReadings([reading, reading])).toEqual({
    ...{ messages: 14, read: 10, delaySumMs: 1800, delayCount: 6 },
  });
});
