import { type RangeSet, setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import {
  isToldAt,
  mayBeReminded,
  type NotedReminder,
  remindersFor,
  withReminder,
} from '@seenby/core/reading/reminders.ts';
import { describe, expect, it } from 'vitest';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';

const group = aGroup({ remindedSeq: 6, recalled: setOfSeqs([5]) });

const reminder = (seq: number, at = seq, chosen?: RangeSet): NotedReminder => ({
  ...{ seq, at, fromUserId: 'bo' },
  ...(chosen && { chosen }),
});

describe('reminders of a member', () => {
  it('are those of messages that they see and have not read', () => {
    const reminders = [2, 4, 5, 6].map((seq) => reminder(seq));
    const seqsFor = (member: ReturnType<typeof aMember>, floor = 0) =>
      remindersFor(member, group, floor, reminders).map(({ seq }) => seq);
    expect(seqsFor(aMember())).toEqual([2, 4, 6]);
    expect(seqsFor(aMember({ read: setOfSeqs([4]) }))).toEqual([2, 6]);
    expect(seqsFor(aMember({ from: 4 }))).toEqual([4, 6]);
    expect(seqsFor(aMember(), 2)).toEqual([4, 6]);
    expect(seqsFor(aMember(), 3)).toEqual([4, 6]);
    expect(seqsFor(aMember(), 4)).toEqual([6]);
  });

  it('are those for everybody, and those for which they were chosen, the newest of each message', () => {
    const reminders = [
      reminder(2, 10),
      reminder(4, 11, setOfSeqs([7, 9])),
      reminder(2, 12, setOfSeqs([9])),
    ];
    const own = (ordinal: number) => remindersFor(aMember({ ordinal }), group, 0, reminders);
    expect(own(7)).toEqual([reminder(2, 10), reminder(4, 11)]);
    expect(own(8)).toEqual([reminder(2, 10)]);
    expect(own(9)).toEqual([reminder(4, 11), reminder(2, 12)]);
  });

  it('are asked for only where there may be some', () => {
    const mayBe = (member: ReturnType<typeof aMember>, floor = 0) =>
      mayBeReminded(member, group, floor);
    expect(mayBe(aMember())).toBe(true);
    expect(mayBe(aMember({ read: setOfRange(1, 4) }))).toBe(true);
    expect(mayBe(aMember({ read: setOfSeqs([1, 2, 3, 4, 6]) }))).toBe(false);
    expect(mayBe(aMember({ from: 7 }))).toBe(false);
    expect(mayBe(aMember(), 6)).toBe(false);
  });
});

describe('one more reminder', () => {
  const chosen = setOfSeqs([7, 9]);

  it.each([
    { title: 'of another message', before: [reminder(1)], added: reminder(2), left: [reminder(1)] },
    {
      title: 'for all',
      before: [reminder(2), reminder(2, 5, chosen)],
      added: reminder(2, 9),
      left: [],
    },
    {
      title: 'for some, after all',
      before: [reminder(2)],
      added: reminder(2, 9, chosen),
      left: [reminder(2)],
    },
    {
      title: 'for some of those before',
      before: [reminder(2, 5, chosen)],
      added: reminder(2, 9, setOfSeqs([7])),
      left: [reminder(2, 5, setOfSeqs([9]))],
    },
    {
      title: 'for the same',
      before: [reminder(2, 5, chosen)],
      added: reminder(2, 9, chosen),
      left: [],
    },
  ])('$title leaves what it does not repeat', ({ before, added, left }) => {
    expect(withReminder(before, added)).toEqual([...left, added]);
  });
});

describe('a member is told of a reminder', () => {
  const told = (now: number, standing: number[], joinedAt = 0) =>
    isToldAt(
      now,
      { joinedAt },
      standing.map((at, i) => reminder(i + 1, at)),
      5,
    );

  it('unless they were told of one a moment ago that still stands', () => {
    expect(told(100, [])).toBe(true);
    expect([told(104, [100]), told(105, [100])]).toEqual([false, true]);
  });

  it('where others came meanwhile of which they were not told', () => {
    expect([told(104, [100, 102]), told(105, [100, 102, 104])]).toEqual([false, true]);
    expect([told(109, [100, 102, 105]), told(110, [100, 102, 105])]).toEqual([false, true]);
  });

  it('where the others are from before they came', () => {
    expect([told(104, [100], 101), told(104, [100, 102], 101)]).toEqual([true, false]);
  });
});
