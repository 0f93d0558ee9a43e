import { newMember } from '@seenby/core/members/member.ts';
import { setOfRange } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { GroupMemory, PushMemory } from '../../../../functions/fan-out/push-memory.ts';
import { aGroup } from '../../../support/fixtures/a-group.ts';

const now = 1_000_000;

describe('what a sandbox knows of the pushes of a group', () => {
  it('[PU3] is that a push is due which shows a change anyway, until it may have begun', () => {
    const memory = new GroupMemory();
    expect(memory.willBePushed(setOfRange(1, 1), now)).toBe(false);
    memory.due = { at: now + 5000, seqs: setOfRange(1, 4) };
    expect(memory.willBePushed(setOfRange(2, 3), now)).toBe(true);
    expect(memory.willBePushed(setOfRange(2, 5), now)).toBe(false);
    expect(memory.willBePushed(setOfRange(2, 3), now + 4899)).toBe(true);
    expect(memory.willBePushed(setOfRange(2, 3), now + 4900)).toBe(false);
  });

  it('is forgotten of the groups that were asked for the longest ago', () => {
    const memory = new PushMemory();
    const first = memory.of('g-0');
    expect(memory.of('g-0')).toBe(first);
    for (let n = 1; n <= 2000; n++) memory.of(`g-${n}`);
    expect(memory.of('g-0')).not.toBe(first);
  });
});

describe('[PU3] whether the last one has read a message', () => {
  const members = ['ann', 'bob', 'cat'].map((userId, i) => ({
    ...newMember({ userId, role: 'member', ordinal: i + 1, from: 1, joinedAt: 0 }),
    read: setOfRange(1, userId === 'cat' ? 1 : 2),
  }));
  const counted = () => {
    const memory = new GroupMemory();
    memory.count(aGroup({ lastSeq: 3, places: 3 }), members, { from: 1, to: 3 });
    return memory;
  };

  it('may be, where nothing has been counted', () => {
    expect(new GroupMemory().mayBeReadByAll(setOfRange(1, 1))).toBe(true);
    expect(new GroupMemory().isReadByAll(setOfRange(1, 1))).toBe(false);
  });

  it('may be once as many members have changed as had not read it', () => {
    const memory = counted();
    expect(memory.mayBeReadByAll(setOfRange(2, 3))).toBe(false);
    memory.noteChanges(1);
    expect(memory.mayBeReadByAll(setOfRange(2, 2))).toBe(true);
    expect(memory.mayBeReadByAll(setOfRange(3, 3))).toBe(false);
    memory.noteChanges(2);
    expect(memory.mayBeReadByAll(setOfRange(3, 3))).toBe(true);
  });

  it('may not be of a message that all had read before', () => {
    const memory = counted();
    memory.noteChanges(9);
    expect(memory.mayBeReadByAll(setOfRange(1, 1))).toBe(false);
    expect(memory.isReadByAll(setOfRange(1, 1))).toBe(true);
    expect(memory.isReadByAll(setOfRange(2, 3))).toBe(false);
  });

  it('may be of a message that came later, once as many have changed as are members besides', () => {
    const memory = counted();
    memory.noteChanges(1);
    expect(memory.mayBeReadByAll(setOfRange(4, 4))).toBe(false);
    memory.noteChanges(1);
    expect(memory.mayBeReadByAll(setOfRange(4, 4))).toBe(true);
  });

  it('may be of one that is older than what was counted', () => {
    const memory = new GroupMemory();
    memory.count(aGroup({ lastSeq: 3, places: 3 }), members, { from: 2, to: 3 });
    expect(memory.mayBeReadByAll(setOfRange(1, 1))).toBe(true);
  });
});
