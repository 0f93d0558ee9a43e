import { openInMemory } from '../played/in-memory.ts';
import { type Pace, paces, readByAll } from '../played/one-message.ts';
import { playAll } from '../played/play-all.ts';
import { dollarsFor, gbSecondsOf, type Used } from '../played/used.ts';
import { type BenchTable, short, whole } from '../reports/bench-table.ts';
import type { Scenario } from './scenario.ts';

const members = 500;
/** Each member sends one frame, and gets one. */
const floor = 2 * members;
/** What this scenario found when counts were pushed once a second, whatever the age of their message. */
const timesFloorBefore: Readonly<Record<string, number>> = {
  ...{ 'all at once': 3, '20 a second': 15.5, 'one a second': 252, 'one in seven seconds': 252 },
  'one in seven seconds, 30 watching': 17,
};

interface PaceFigures extends Pace {
  designs: Used[];
}

export const pacesScenario: Scenario = {
  name: 'paces',
  about: 'one message read by 500 at four paces, and with 30 watching',
  isTimed: false,
  async run({ say }) {
    const inMemory = await openInMemory();
    const figures: PaceFigures[] = [];
    for (const pace of paces) {
      const traffic = readByAll({ ...pace, members, messages: 1 });
      const saying = (design: string) => say(`${pace.name}: ${design}`);
      figures.push({
        ...pace,
        designs: await playAll(inMemory, traffic, { isToAuthors: true, say: saying }),
      });
    }
    return { tables: [seenbyTable(figures), dollarsTable(figures)], figures };
  },
};

function seenbyTable(figures: readonly PaceFigures[]): BenchTable {
  return {
    title: 'Seenby: one message in a group of 500, read by 499',
    head: [
      ...['', 'write units', 'read units', 'bytes stored', 'frames', '× floor'],
      ...['with pushes by the second', 'invocations', 'GB-s'],
    ],
    rows: figures.flatMap(({ name, designs: [seenby] }) => {
      if (!seenby) return [];
      const { writeUnits, readUnits, storedBytes, framesIn, framesOut, invocations } = seenby;
      const frames = framesIn + framesOut;
      const calls = Object.values(invocations).reduce((sum, each) => sum + each, 0);
      return [
        [
          ...[name, ...[writeUnits, readUnits, storedBytes, frames].map(whole)],
          ...[
            short(frames / floor),
            short(timesFloorBefore[name] ?? Number.NaN),
            whole(calls),
            gbSecondsOf(seenby).toFixed(1),
          ],
        ],
      ];
    }),
  };
}

function dollarsTable(figures: readonly PaceFigures[]): BenchTable {
  const designs = figures[0]?.designs.map(({ design }) => design) ?? [];
  return {
    title: 'Dollars for 1,000 such messages: units, frames and functions',
    inReadme: true,
    head: ['', ...figures.map(({ name }) => name)],
    rows: designs.map((name, i) => [
      name,
      ...figures.map(({ designs }) => {
        const used = designs[i];
        return used ? (1000 * dollarsFor(used).together).toFixed(2) : '–';
      }),
    ]),
  };
}
