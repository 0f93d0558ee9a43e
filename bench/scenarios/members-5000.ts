import { openInMemory } from '../played/in-memory.ts';
import { readByAll } from '../played/one-message.ts';
import { playAll } from '../played/play-all.ts';
import { usedTable } from '../reports/used-table.ts';
import type { Scenario } from './scenario.ts';

const traffic = { members: 5000, messages: 1, watching: 5000, secondsBetweenReads: 0.01 };

export const members5000Scenario: Scenario = {
  name: 'members-5000',
  about: 'one message in a group of 5,000, all watching, read by 100 members a second',
  isTimed: false,
  async run({ say }) {
    const figures = await playAll(await openInMemory(), readByAll(traffic), { say });
    return {
      tables: [usedTable('One message read by 4,999, all watching', figures, 1000)],
      figures,
    };
  },
};
