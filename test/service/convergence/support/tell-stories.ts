import { expect, inject, it } from 'vitest';
import { readTableDefinition } from '../../../support/in-process/table-definition.ts';
import { runStory } from './run-story.ts';
import type { Story } from './story.ts';

/** A test of each story: at its end everybody shows what is true. */
export function tellStories(stories: Readonly<Record<string, Story>>): void {
  const table = readTableDefinition(inject('tableAssemblyDir'));
  for (const [name, story] of Object.entries(stories)) {
    it(name, async () => {
      const { differences, compared } = await runStory(story, await table);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(0);
    });
  }
}
