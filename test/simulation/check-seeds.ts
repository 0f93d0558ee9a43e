import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  readTableDefinition,
  type TableDefinition,
} from '../support/in-process/table-definition.ts';
import { usually } from '../support/nightly.ts';
import { places } from './faults/fault-kinds.ts';
import { makeScript } from './script/make-script.ts';
import { runScript } from './script/run-script.ts';
import { print, shrink } from './script/shrink.ts';
import { silence } from './silence.ts';
import { Totals } from './totals.ts';

const count = Number(process.env.SEENBY_SIMULATED_SEEDS ?? usually(380, { nightly: 2000 }));
const given = process.env.SEENBY_SIMULATED_SEED;
const seedsEach = 50;

/** Plays every `parts`-th seed, from `part` on, as tests of fifty each. */
export function checkSeeds(title: string, part: number, parts: number): void {
  const totals = new Totals();
  let definition: TableDefinition;
  let speak = () => {};
  beforeAll(async () => {
    definition = await readTableDefinition(inject('tableAssemblyDir'));
    speak = silence();
  });
  afterAll(() => {
    speak();
    if (totals.seeds > 0) console.log(`Simulated: ${totals}`);
  });
  const seeds = given
    ? [Number(given)].filter(() => part === 1)
    : Array.from({ length: count }, (_, i) => i + 1).filter(
        (seed) => seed % parts === part % parts,
      );

  describe('the simulated service', () => {
    for (let from = 0; from < seeds.length; from += seedsEach) {
      const some = seeds.slice(from, from + seedsEach);
      it(`${title}, seeds ${some[0]} to ${some.at(-1)}`, async () => {
        for (const seed of some) {
          const outcome = await runScript(makeScript(seed), definition);
          totals.add(seed, outcome);
          if (outcome.wrong.length > 0) throw await failure(seed, definition);
        }
      });
    }

    it.runIf(seeds.length >= 100)(
      'faults of every place come, and every property is checked',
      () => {
        for (const place of places) {
          const kinds = [...totals.faults.keys()].filter((fault) => fault.startsWith(`${place}: `));
          expect(kinds, place).not.toEqual([]);
        }
        for (const property of properties)
          expect(totals.checks.get(property), property).toBeGreaterThan(0);
      },
    );
  });
}

const properties = [
  'FA1 what is acknowledged is stored',
  'RD2 a read set only grows',
  'RD4 read ≤ delivered ≤ last',
  'RD10 a position shown never goes back',
  'CT1 counts add up',
  'CT1 counts are the lists',
  'CT9 a row is below 8 KB',
  'MS1 a seq is used once',
  'MS4 a recalled message has no content',
  'PU1 own state is shown',
  'PU1 messages are shown',
  'PU1 counts are shown',
  'PU3 frames with counts',
  'PU4 versions never go back',
  'PU4 later counts have no lower version',
  'PU5 no frame to a non-member',
  'a request repeated changes nothing',
];

/** What a seed breaks, with the shortest script that does. */
async function failure(seed: number, definition: TableDefinition): Promise<Error> {
  const { script, outcome } = await shrink(makeScript(seed), definition);
  const wrong = outcome.wrong.slice(0, 5).map(({ rule, what }) => `${rule}: ${what}`);
  return new Error(
    [
      `Seed ${seed}. Play it alone: npm run test:sim -- --seed ${seed}`,
      ...wrong,
      'The shortest script that shows it, for named-scripts.test.ts:',
      print(script),
    ].join('\n'),
  );
}
