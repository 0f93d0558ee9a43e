import { setOfRange } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { PushMemory, recentMs } from '../../../../functions/fan-out/push-memory.ts';

const [now, group] = [1_000_000, 'team'];

describe('what was pushed', () => {
  it('[PU3] gives each group a turn in every interval', () => {
    const memory = new PushMemory();
    expect(memory.waitMs(group, 1000, now)).toBe(0);
    memory.note(group, 5, setOfRange(1, 1), now);
    expect(memory.waitMs(group, 1000, now + 300)).toBe(700);
    expect(memory.waitMs(group, 2000, now + 300)).toBe(1700);
    expect(memory.waitMs(group, 1000, now + 1000)).toBe(0);
    expect(memory.waitMs('other', 1000, now)).toBe(0);
  });

  it('[PU4] is not pushed again at the same version, and whole at the next', () => {
    const memory = new PushMemory();
    memory.note(group, 5, setOfRange(1, 4), now);
    expect(memory.notPushed(group, 5, setOfRange(3, 6))).toEqual([{ from: 5, to: 6 }]);
    memory.note(group, 5, setOfRange(5, 6), now);
    expect(memory.notPushed(group, 5, setOfRange(1, 6))).toEqual([]);
    expect(memory.notPushed(group, 6, setOfRange(3, 6))).toEqual([{ from: 3, to: 6 }]);
    expect(memory.notPushed('other', 5, setOfRange(3, 6))).toEqual([{ from: 3, to: 6 }]);
  });

  it('[PU4] stays known for as long as its frames may be on their way', () => {
    const memory = new PushMemory();
    memory.note(group, 5, setOfRange(1, 2), now);
    memory.note(group, 6, setOfRange(9, 9), now + 1000);
    expect(memory.pushedRecently(group, now + 1000)).toEqual([
      { from: 1, to: 2 },
      { from: 9, to: 9 },
    ]);
    expect(memory.pushedRecently(group, now + recentMs)).toEqual([{ from: 9, to: 9 }]);
    expect(memory.pushedRecently(group, now + recentMs + 1000)).toEqual([]);
  });

  it('is forgotten of the groups that were pushed the longest ago', () => {
    const memory = new PushMemory();
    for (let n = 0; n < 10_000; n++) memory.note(`g-${n}`, 1, setOfRange(1, 1), now);
    expect(memory.waitMs('g-0', 1000, now)).toBe(1000);
    memory.note('g-10000', 1, setOfRange(1, 1), now);
    expect(memory.waitMs('g-0', 1000, now)).toBe(0);
    expect(memory.waitMs('g-9999', 1000, now)).toBe(1000);
    expect(memory.waitMs('g-10000', 1000, now)).toBe(1000);
  });
});
