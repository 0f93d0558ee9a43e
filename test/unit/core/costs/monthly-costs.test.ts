import { matrixMonth } from '@seenby/core/costs/design-month.ts';
import { type GroupUse, usualUse } from '@seenby/core/costs/group-use.ts';
import { monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { dollarsOf, prices } from '@seenby/core/costs/prices.ts';
import { roundOf, seenbyMonth } from '@seenby/core/costs/seenby-month.ts';
import { describe, expect, it } from 'vitest';

/** One message in a month, in a group of 100 who are all online, 50 of them watching. */
const once: GroupUse = {
  ...{ ...usualUse, members: 100, messagesADay: 1 / 30, shareOnline: 1, shareWatching: 0.5 },
  ...{ secondsBetweenReads: 10, hoursOnlineADay: 0 },
};

describe('a message that 99 members read one by one', () => {
  it('costs Seenby as computed by hand', () => {
    const month = seenbyMonth(once);
    // Counts are pushed after one second, at the first read, ten times more until it is over (the later the
    // more seldom), and when the last one has read. All but two of these pushes were due before.
    const [pushes, due] = [12, 10];
    // The send, 99 marks, an item of the receipt log every two minutes; that a push is due, begins, and ends.
    expect(month.writeUnits).toBe(4 + 1 / 8 + 99 + 9 + due + 2 * pushes);
    // Rows of 197 bytes are 5 units; 50 subscriptions are 1.
    expect(month.readUnits).toBe(1.5 + (5 + 50) + 99 * 3 + pushes * (5 + 5 + 1) + due);
    expect(month.frames).toBe(102 + 99 * 3 + pushes * 50);
    // The send and the marks; each is a batch of its own for `fan-out`, and the send for `recorder`.
    expect(month.lambdaRequests).toBe(100 + 100 + 1 + 9 + due);
    expect(month).toMatchObject({ queueRequests: 3 * due, connectionMinutes: 0 });
  });

  it('costs a matrix as computed by hand', () => {
    const month = matrixMonth(once);
    expect(month.writeUnits).toBe(2 * 99 + 3 + 99 * 3);
    expect(month.readUnits).toBe(0.5 + (5 + 50) + 99 * (1.5 + 0.5));
    expect(month.frames).toBe(102 + 99 * (2 + 50));
    expect(month.lambdaRequests).toBe(100);
  });

  it('costs a map in the message and positions as computed by hand', () => {
    const { map, positions } = monthlyCosts(once);
    // An item of 140 bytes grows by 21 a reader: 42 readers fit into one unit, 90 into two.
    expect(map.quantities.writeUnits).toBeCloseTo(3 + 42 + 2 * 48 + 3 * 9 + 99, 9);
    expect(positions.quantities.writeUnits).toBe(3 + 99);
    expect(positions.quantities.readUnits).toBe(5 + 50 + 99 * (1.5 + 0.5));
    expect(positions.quantities.frames).toBe(matrixMonth(once).frames);
  });

  it('costs Seenby no frames of counts where nobody watches, and one a push where only the author sees them', () => {
    const frames = (use: Partial<GroupUse>) => seenbyMonth({ ...once, ...use }).frames;
    expect(frames({ shareWatching: 0 })).toBe(102 + 99 * 3);
    expect(frames({ visibility: 'sender' })).toBe(102 + 99 * 3 + 12);
  });
});

it('20 messages that all read at once are one item of the log, and two pushes', () => {
  const burst = { ...once, messagesADay: 20 / 30, messagesPerMark: 20, secondsBetweenReads: 0.01 };
  const month = seenbyMonth(burst);
  // 99 receipts of 5 bytes are one unit of the receipt log.
  expect(month.writeUnits).toBe(20 * (4 + 1 / 8) + 99 + 1 + 2 * 3);
  expect(month.frames).toBe(20 * 102 + 99 * 3 + 2 * 50);
  expect(matrixMonth(burst).writeUnits).toBe(20 * (2 * 99 + 3) + 99 * (2 * 20 + 1));
});

it('a small group tells its open screens of each mark', () => {
  const small = { ...once, members: 20 };
  // Few watch: counts go within a second of each mark, and of the send.
  expect(seenbyMonth(small).frames).toBe(22 + 19 * (3 + 9) + 20 * 10);
  expect(seenbyMonth(small).readUnits).toBe(1.5 + 11 + 19 * (3 + 2) + 20 * 7 + 1);
});

it('frames to more than 100 connections go by way of the queue, in jobs of 250', () => {
  const big = { ...once, members: 500, shareWatching: 1 };
  const { pushes, countJobs } = roundOf(big);
  expect(seenbyMonth(big).queueRequests).toBe(3 * (2 + pushes * 2 + countJobs));
});

it('a month has 30 days, and connections are paid by the minute', () => {
  const daily = { ...once, messagesADay: 2, shareOnline: 0.6, hoursOnlineADay: 8 };
  const month = seenbyMonth(daily);
  expect(month.connectionMinutes).toBe(60 * 8 * 60 * 30);
  // 60 messages, and two frames every nine minutes.
  const each = 62 + 59 * 3 + 10 * 50;
  expect(month.frames).toBe(60 * each + (2 * 864_000) / 9);
});

it('a bill is quantities times prices', () => {
  const { seenby, matrix } = monthlyCosts(usualUse);
  expect(seenby.dollars.frames).toBe(seenby.quantities.frames * prices.frames);
  expect(seenby.total).toBeCloseTo(dollarsOf(seenby.quantities), 9);
  expect(matrix.total).toBeCloseTo(dollarsOf(matrix.quantities), 9);
  expect(dollarsOf({ writeUnits: 1e6, readUnits: 1e6, frames: 1e6 })).toBeCloseTo(1.75, 9);
});

it('computes few frames more than the floor where only the author sees counts', () => {
  const use = { ...once, members: 500, shareWatching: 1, secondsBetweenReads: 0.05 };
  expect(seenbyMonth({ ...use, visibility: 'sender' }).frames).toBeLessThan(2.1 * 1000);
});
