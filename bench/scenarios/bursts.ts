import { openInMemory } from '../played/in-memory.ts';
import { readByAll } from '../played/one-message.ts';
import { playAll } from '../played/play-all.ts';
import { usedTable } from '../reports/used-table.ts';
import type { Scenario } from './scenario.ts';

const burst = { members: 500, messages: 20, watching: 500 };

export const burstsScenario: Scenario = {
  name: 'bursts',
  about: '20 messages, then read by each of 499 in one mark',
  isTimed: false,
  async run({ say }) {
    const inMemory = await openInMemory();
    const play = (pace: string, secondsBetweenReads: number) =>
      playAll(inMemory, readByAll({ ...burst, secondsBetweenReads }), {
        say: (design) => say(`${pace}: ${design}`),
      });
    const fast = await play('20 members a second', 0.05);
    const slow = await play('one in seven seconds', 7);
    return {
      tables: [
        usedTable('20 messages, read by 20 members a second', fast, 1000),
        usedTable('20 messages, read by one member in seven seconds', slow, 1000),
      ],
      figures: { fast, slow },
    };
  },
};
