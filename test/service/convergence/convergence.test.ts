import { inject } from 'vitest';
import { readTableDefinition } from '../../support/in-process/table-definition.ts';
import { usually } from '../../support/nightly.ts';
import { expectConvergence } from './support/expect-convergence.ts';
import { makeStory } from './support/make-story.ts';

expectConvergence({
  title: '[RD10] [PU1] [PU4] every screen ends at what a fresh client shows',
  makeStory,
  table: await readTableDefinition(inject('tableAssemblyDir')),
  count: Number(process.env.SEENBY_CONVERGENCE ?? usually(100, { nightly: 5000 })),
  one: process.env.SEENBY_CONVERGENCE_SEED,
});
