import { describe, expect, it } from 'vitest';
import { readOptions } from '../../campaign/options.ts';
import { makeGroups, wholeCampaign } from '../../campaign/parts/groups.ts';

const read = (...args: string[]) => readOptions(args, { now: 1_700_000_000_123 });

describe('the options of a campaign', () => {
  it('are those of a whole one unless given', () => {
    expect(read()).toMatchObject({
      ...{ mode: 'campaign', minutes: 18, receipts: 1_000_000, seed: 123 },
      ...{ cloudKills: 100, databaseKills: 10 },
    });
  });

  it('take a share of kills and receipts in less time', () => {
    const short = read('--minutes', '4.5', '--seed', '7');
    expect(short).toMatchObject({ cloudKills: 25, databaseKills: 3, receipts: 250_000, seed: 7 });
  });

  it('choose a soak', () => {
    expect(read('--soak', '120')).toMatchObject({ mode: 'soak', minutes: 120 });
  });

  it.each([
    ['--minutes', 'many'],
    ['--seed', '-1'],
    ['--soak', '0'],
    ['--speed', '3'],
  ])('refuse %s %s', (name, value) => {
    expect(() => read(name, value)).toThrow(name);
  });
});

describe('the groups of a campaign', () => {
  it('have so many messages that reading all of them is what was asked for', () => {
    const groups = makeGroups(wholeCampaign, 1_000_000);
    expect(groups.map(({ memberIds }) => memberIds.length).sort((a, b) => b - a)).toEqual([
      ...[5000, 500],
      ...new Array<number>(20).fill(50),
    ]);
    const reads = groups.map(({ memberIds, messages }) => memberIds.length * messages);
    const total = reads.reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThanOrEqual(1_200_000);
    expect(total).toBeLessThan(1_210_000);
  });
});
