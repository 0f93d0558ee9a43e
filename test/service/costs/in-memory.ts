import { inject } from 'vitest';
import type { InMemory } from '../../../bench/played/in-memory.ts';
import { readTableDefinition } from '../../support/in-process/table-definition.ts';
import { openPlace } from '../baselines/open-place.ts';

/** What the benchmarks play on, without synthesizing the stack anew. */
export const openInMemory = async (): Promise<InMemory> => ({
  definition: await readTableDefinition(inject('tableAssemblyDir')),
  openPlace,
});
