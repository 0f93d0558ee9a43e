import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../demo/simulator/random.ts';
import { type PlannedFault, planFaults } from '../../campaign/faults/plan.ts';

const options = { minutes: 25, cloudKills: 100, databaseKills: 10 };
const plan = (seed: number): PlannedFault[] => planFaults(options, seededRandom(seed));

describe('a plan of faults', () => {
  it('has a fault every five seconds, and as many kills as asked for', () => {
    const faults = plan(1);
    expect(faults.map(({ atMs }) => atMs)).toEqual(
      Array.from({ length: 299 }, (_, i) => 5000 * (i + 1)),
    );
    const times = Map.groupBy(faults, ({ kind }) => kind);
    expect(times.get('kill the local cloud')?.length).toBe(100);
    expect(times.get('kill DynamoDB Local')?.length).toBe(10);
    const others = [...times.values()].filter(({ length }) => ![100, 10].includes(length));
    expect(others.length).toBe(7);
    for (const { length } of others) expect(length).toBeGreaterThan(20);
  });

  it('ends with faults that are no kills', () => {
    for (const { kind } of plan(2).slice(-3)) expect(kind).not.toMatch(/^kill/);
  });

  it('is the same for the same seed, and another one for another', () => {
    expect(plan(3)).toEqual(plan(3));
    expect(plan(3)).not.toEqual(plan(4));
  });

  it('refuses more kills than there is time for', () => {
    const tooMany = { minutes: 1, cloudKills: 20, databaseKills: 1 };
    expect(() => planFaults(tooMany, seededRandom(1))).toThrow('do not fit');
  });
});
