import { expect, it } from 'vitest';
import { usually } from '../../support/nightly.ts';
import { race } from './support/race.ts';
import { RaceWorld } from './support/race-world.ts';

/** A seed that failed is run again by itself, or others are: SEENBY_RACE_SEED=272 SEENBY_RACES=1. */
const firstSeed = Number(process.env.SEENBY_RACE_SEED ?? 1);
const count = Number(process.env.SEENBY_RACES ?? usually(300, { nightly: 10_000 }));

const world = await RaceWorld.open();

it(
  `[TR5][MS1][CT1] ${count} races of requests of all kinds from seed ${firstSeed} on`,
  async () => {
    const failures: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      await race(world, seed).catch((error: Error) => failures.push(describe(error)));
    }
    console.log(`${count} races from seed ${firstSeed} on, ${failures.length} failed.`);
    expect(failures).toEqual([]);
  },
  24 * 3_600_000,
);

function describe(error: Error): string {
  const { cause } = error;
  const deepest = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return `${error.message}\n${deepest instanceof Error ? deepest.stack : ''}`;
}
