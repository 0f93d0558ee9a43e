import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../bench/charts/chart.ts';
import { exponentOf } from '../../../bench/charts/exponent.ts';
import { growthByAge } from '../../../bench/growth/by-age.ts';
import { growthByMembers } from '../../../bench/growth/by-members.ts';
import { growthByMessages } from '../../../bench/growth/by-messages.ts';
import { openInMemory } from './in-memory.ts';

/** Of each curve of a chart, Seenby's first. */
function exponentsOf(charts: readonly Chart[], name: string): number[] {
  const chart = charts.find((each) => each.name === name);
  if (!chart) throw new Error(`there is no chart "${name}"`);
  return chart.series.map(({ points }) => exponentOf(points));
}

describe('how what receipts take grows', () => {
  it('with the age of a group: not at all', async () => {
    const charts = await growthByAge(await openInMemory(), 30, [100, 3000, 100_000]);
    const exponents = exponentsOf(charts, 'age-units');
    expect(exponents).toHaveLength(4);
    for (const exponent of exponents) expect(Math.abs(exponent)).toBeLessThan(0.01);
  });

  it('with the messages of a mark: hardly, where a matrix doubles with them', async () => {
    const charts = await growthByMessages(await openInMemory(), 20, [1, 8, 64]);
    const [seenby = 1, matrix = 0] = exponentsOf(charts, 'messages-reads');
    expect(seenby).toBeLessThan(0.05);
    expect(matrix).toBeGreaterThan(0.9);
  });

  it('with the members: frames more slowly than where all are told of each read', async () => {
    const charts = await growthByMembers(await openInMemory(), [25, 50, 100]);
    const [seenby = 2, matrix = 0] = exponentsOf(charts, 'members-frames');
    console.log(`Exponents of frames by members: ${seenby}, ${matrix}`);
    expect(matrix).toBeGreaterThan(1.9);
    expect(seenby).toBeLessThan(1.33);
    const [seenbyWrites = 2, matrixWrites = 0] = exponentsOf(charts, 'members-writes');
    expect(seenbyWrites).toBeLessThan(1.01);
    expect(matrixWrites).toBeGreaterThan(0.97);
  });
});
