import { it } from 'vitest';
import type { TableDefinition } from '../../../support/in-process/table-definition.ts';
import { printStory } from './print-story.ts';
import { runStory } from './run-story.ts';
import { shrink } from './shrink.ts';
import type { Story } from './story.ts';

const seedsPerTest = 100;
const shrinkingMs = 40_000;
const minViewsPerStory = 5;

export interface Expectation {
  title: string;
  makeStory: (seed: number) => Story;
  table: TableDefinition;
  /** Stories from seed 1 on, or only that of `one`. */
  count: number;
  one: string | undefined;
  /** Seeds of what is known and not mended yet. */
  leftOut?: ReadonlySet<number>;
}

/** A test for each hundred stories. One that fails is shortened and shown, for `named-stories.test.ts`. */
export function expectConvergence(expectation: Expectation): void {
  const { title, makeStory, table, count, one, leftOut } = expectation;
  const run = (story: Story) => runStory(story, table);
  const first = Number(one ?? 1);
  const last = one === undefined ? count : first;
  /** How many views were compared. */
  const converges = async (seed: number): Promise<number> => {
    const story = makeStory(seed);
    const { differences, compared } = await run(story);
    if (differences.length === 0) return compared;
    const endsAt = performance.now() + shrinkingMs;
    const least = await shrink(run, story, () => performance.now() > endsAt);
    throw new Error(`seed ${seed} fails:\n\n${printStory(least.story, least.differences)}`);
  };
  for (let from = first; from <= last; from += seedsPerTest) {
    const to = Math.min(last, from + seedsPerTest - 1);
    it(`${title}, seeds ${from} to ${to}`, async () => {
      let compared = 0;
      for (let seed = from; seed <= to; seed++) {
        if (!leftOut?.has(seed) || one !== undefined) compared += await converges(seed);
      }
      if (compared < (to - from + 1) * minViewsPerStory)
        throw new Error(`only ${compared} views were compared`);
    });
  }
}
