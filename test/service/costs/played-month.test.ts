import { type GroupUse, usualUse } from '@seenby/core/costs/group-use.ts';
import { monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { dollarsOf } from '@seenby/core/costs/prices.ts';
import { expect, it } from 'vitest';
import { readByAll } from '../../../bench/played/one-message.ts';
import { matrixName, playAll } from '../../../bench/played/play-all.ts';
import type { Used } from '../../../bench/played/used.ts';
import { openInMemory } from './in-memory.ts';

const [members, watching] = [200, 100];

/** One message in a month, in a group whose members are all online, and do nothing else. */
const useAt = (secondsBetweenReads: number): GroupUse => ({
  ...{ ...usualUse, members, messagesADay: 1 / 30, secondsBetweenReads, hoursOnlineADay: 0 },
  connectedUsers: members,
  ...{ shareOnline: 1, shareWatching: watching / members },
});

const framesOf = ({ framesIn, framesOut }: Used): number => framesIn + framesOut;

it.each([0.05, 1, 7])(
  'a message that one member reads after the other, %d seconds apart, costs the whole service what is computed',
  async (secondsBetweenReads) => {
    const traffic = readByAll({ members, messages: 1, watching, secondsBetweenReads });
    const all = await playAll(await openInMemory(), traffic, { only: ['Seenby', matrixName] });
    const [seenby, matrix] = all as [Used, Used];
    const computed = monthlyCosts(useAt(secondsBetweenReads));
    const { writeUnits, readUnits, frames } = computed.seenby.quantities;
    const units = dollarsOf({ writeUnits: seenby.writeUnits, readUnits: seenby.readUnits });
    expect(Math.abs(units / dollarsOf({ writeUnits, readUnits }) - 1)).toBeLessThan(0.05);
    // A push more or less, here and there: what is read just after one waits for the next.
    expect(Math.abs(framesOf(seenby) - frames)).toBeLessThanOrEqual(3 * watching);
    expect(Math.abs(framesOf(seenby) - frames) % watching).toBe(0);
    expect(matrix.writeUnits).toBe(computed.matrix.quantities.writeUnits);
    // Who is told does not include who reads, where they watch.
    expect(computed.matrix.quantities.frames - framesOf(matrix)).toBe(watching - 1);
  },
);
