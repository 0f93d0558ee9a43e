import { inject, it } from 'vitest';
import { readTableDefinition } from '../../support/in-process/table-definition.ts';
import { usually } from '../../support/nightly.ts';
import { makeStory } from './support/make-story.ts';
import { printStory } from './support/print-story.ts';
import { runStory } from './support/run-story.ts';
import { shrink } from './support/shrink.ts';
import type { Story } from './support/story.ts';

const one = process.env.SEENBY_CONVERGENCE_SEED;
const count = Number(process.env.SEENBY_CONVERGENCE ?? usually(200, { nightly: 5000 }));
const first = Number(one ?? 1);
const last = one === undefined ? count : first;
const seedsPerTest = 100;
const shrinkingMs = 40_000;

const table = await readTableDefinition(inject('tableAssemblyDir'));
const run = (story: Story) => runStory(story, table);

for (let from = first; from <= last; from += seedsPerTest) {
  const to = Math.min(last, from + seedsPerTest - 1);
  it(`[RD10] [PU1] [PU4] every screen ends at what a fresh client shows, seeds ${from} to ${to}`, async () => {
    let compared = 0;
    for (let seed = from; seed <= to; seed++) compared += await converges(seed);
    if (compared < (to - from + 1) * 5) throw new Error(`only ${compared} views were compared`);
  });
}

/** How many views were compared. A story that fails is shortened and shown, for named-stories.test.ts. */
async function converges(seed: number): Promise<number> {
  const story = makeStory(seed);
  const { differences, compared } = await run(story);
  if (differences.length === 0) return compared;
  const endsAt = performance.now() + shrinkingMs;
  const least = await shrink(run, story, () => performance.now() > endsAt);
  throw new Error(`seed ${seed} fails:\n\n${printStory(least.story, least.differences)}`);
}
