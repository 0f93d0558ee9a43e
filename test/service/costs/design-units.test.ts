import {
  type DesignUnits,
  mapUnits,
  matrixUnits,
  positionUnits,
} from '@seenby/core/costs/other-designs.ts';
import { describe, expect, it } from 'vitest';
import { designs } from '../../../bench/baselines/all-designs.ts';
import { measureDesign } from '../../../bench/baselines/measure-design.ts';
import { openPlace } from '../baselines/open-place.ts';

/** By the name of the design in the bench. */
const computed: Record<string, DesignUnits> = {
  'a row per message and member': matrixUnits,
  'a map in the message': mapUnits,
  'positions only': positionUnits,
};

describe.each(Object.entries(computed))('%s', (name, units) => {
  it.each([
    [100, 1],
    [150, 4],
    [400, 1],
  ])('costs what is computed, with %i members and %i messages', async (members, messages) => {
    const design = designs.find((each) => each.name === name);
    if (!design) throw new Error(`there is no design "${name}"`);
    const scenario = { members, messages, isDelivered: false, secondsBetweenReads: 0.05 };
    const { send, read } = await measureDesign(design, await openPlace(design), scenario);
    const marks = members - 1;
    expectWithin5Percent(send.write, messages * units.sendWrites(members));
    expectWithin5Percent(send.read, messages * units.sendReads(members));
    expectWithin5Percent(read.write, marks * units.markWrites(messages, marks));
  });
});

function expectWithin5Percent(charged: number, computed: number): void {
  expect(
    Math.abs(charged - computed),
    `${charged} charged, ${computed} computed`,
  ).toBeLessThanOrEqual(0.05 * charged);
}
