import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { mayBeReminded, remindersFor } from '@seenby/core/reading/reminders.ts';
import { expect, it } from 'vitest';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';

const reminders = [2, 4, 5, 6].map((seq) => ({ seq, at: seq, fromUserId: 'bo' }));
const group = aGroup({ remindedSeq: 6, recalled: setOfSeqs([5]) });

it('reminders are those of messages the member sees and has not read', () => {
  const seqsFor = (member: ReturnType<typeof aMember>, floor = 0) =>
    remindersFor(member, group, floor, reminders).map(({ seq }) => seq);
  expect(seqsFor(aMember())).toEqual([2, 4, 6]);
  expect(seqsFor(aMember({ read: setOfSeqs([4]) }))).toEqual([2, 6]);
  expect(seqsFor(aMember({ from: 4 }))).toEqual([4, 6]);
  expect(seqsFor(aMember(), 2)).toEqual([4, 6]);
  expect(seqsFor(aMember(), 3)).toEqual([4, 6]);
  expect(seqsFor(aMember(), 4)).toEqual([6]);
});

it('reminders are asked for only by a member who may have some', () => {
  const mayBe = (member: ReturnType<typeof aMember>, floor = 0) =>
    mayBeReminded(member, group, floor);
  expect(mayBe(aMember())).toBe(true);
  expect(mayBe(aMember({ read: setOfRange(1, 4) }))).toBe(true);
  expect(mayBe(aMember({ read: setOfSeqs([1, 2, 3, 4, 6]) }))).toBe(false);
  expect(mayBe(aMember({ from: 7 }))).toBe(false);
  expect(mayBe(aMember(), 6)).toBe(false);
});
