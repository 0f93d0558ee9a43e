import { matrixUnits } from '@seenby/core/costs/other-designs.ts';
import { describe, expect, it } from 'vitest';
import { type Design, designs } from '../../../bench/baselines/all-designs.ts';
import { type DesignFigures, measureDesign } from '../../../bench/baselines/measure-design.ts';
import { openPlace } from './open-place.ts';

const named = (name: string): Design => {
  const design = designs.find((each) => each.name === name);
  if (!design) throw new Error(`there is no design "${name}"`);
  return design;
};
const seenby = named('Seenby');
const matrix = named('a row per message and member');

/** So many members read so many messages in one mark each, 20 members a second. */
const burst = async (design: Design, members: number, messages: number) => {
  const scenario = { members, messages, isDelivered: false, secondsBetweenReads: 0.05 };
  return measureDesign(design, await openPlace(design), scenario);
};

const writesOf = ({ send, read }: DesignFigures) => send.write + read.write;

/** As the costs of a month are computed. */
const writesOfMatrix = (members: number, messages: number) =>
  messages * matrixUnits.sendWrites(members) +
  (members - 1) * matrixUnits.markWrites(messages, members - 1);

describe('what bursts of messages cost', () => {
  it.each([
    [10, 1],
    [30, 3],
  ])('in a matrix of %i members and %i messages: as computed', async (members, messages) => {
    const figures = await burst(matrix, members, messages);
    expect(writesOf(figures)).toBe(writesOfMatrix(members, messages));
  });

  it('in a group of 500, bursts of 20: at most a 60th of the write units of a matrix', async () => {
    const figures = await burst(seenby, 500, 20);
    // Four each, and two rows that name the authors of eight.
    expect(figures.send.write).toBe(82);
    expect(figures.read.write).toBe(502);
    expect(writesOf(figures)).toBeLessThanOrEqual(writesOfMatrix(500, 20) / 60);
    console.log(`Ratio to the matrix: ${(writesOfMatrix(500, 20) / writesOf(figures)).toFixed(1)}`);
  });
});
