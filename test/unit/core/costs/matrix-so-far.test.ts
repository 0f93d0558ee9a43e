import { matrixMonth } from '@seenby/core/costs/design-month.ts';
import { type GroupUse, usualUse } from '@seenby/core/costs/group-use.ts';
import { matrixSoFar, type RunSoFar } from '@seenby/core/costs/matrix-so-far.ts';
import { describe, expect, it } from 'vitest';

/** A message in a group of 100, all connected and watching. */
const run: RunSoFar = {
  ...{ members: 100, online: 100, told: 100 },
  ...{ messages: 1, deliveries: 0, reads: 99, marks: 99 },
};
const once: GroupUse = {
  ...{ ...usualUse, members: 100, messagesADay: 1 / 30, shareOnline: 1, shareWatching: 1 },
  ...{ hoursOnlineADay: 0, connectedUsers: 0 },
};

describe('a row per message and member so far', () => {
  it('comes to what a month of that one message takes, once all have read it', () => {
    const month = matrixMonth(once);
    expect(matrixSoFar(run)).toEqual({
      ...{ writeUnits: month.writeUnits, readUnits: month.readUnits, frames: month.frames },
    });
  });

  it('grows with each read by the rows it writes and by everyone who is told', () => {
    const before = matrixSoFar({ ...run, reads: 9, marks: 9 });
    const after = matrixSoFar({ ...run, reads: 10, marks: 10 });
    expect(after.frames - before.frames).toBe(102);
    expect(after.writeUnits - before.writeUnits).toBe(3);
    expect(after.readUnits - before.readUnits).toBe(1.5 + 1);
  });

  it('tells the author alone where nobody else may see receipts', () => {
    const told = (count: number) => matrixSoFar({ ...run, told: count }).frames;
    expect(told(100) - told(1)).toBe(99 * 99);
  });

  it('counts what devices acknowledge', () => {
    const { writeUnits, frames } = matrixSoFar({ ...run, deliveries: 99 });
    expect(writeUnits - matrixSoFar(run).writeUnits).toBe(2 * 99);
    expect(frames - matrixSoFar(run).frames).toBe(99);
  });

  it('reads several messages by one mark', () => {
    const several = matrixSoFar({ ...run, messages: 20, reads: 20 * 99 });
    const month = matrixMonth({ ...once, messagesADay: 20 / 30, messagesPerMark: 20 });
    expect(several.writeUnits).toBe(month.writeUnits);
    expect(several.frames).toBe(month.frames);
  });
});
