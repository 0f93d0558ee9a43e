import { expect, it } from 'vitest';
import { usually } from '../../support/nightly.ts';
import { run } from './support/story.ts';

const firstSeed = Number(process.env.SEENBY_SEED ?? 1);
const seeds = Number(process.env.SEENBY_SEEDS ?? usually(10, { nightly: 1000 }));

it('[RD10] [PU1] every tab shows what a fresh client shows, after sends and reads without faults', async () => {
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const { steps, found } = await run(seed);
    expect(found, `seed ${seed}: ${steps.join('; ')}`).toEqual([]);
  }
});
