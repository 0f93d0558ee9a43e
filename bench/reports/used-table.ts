import { dollarsFor, gbSecondsOf, type Used } from '../played/used.ts';
import { type BenchTable, short, whole } from './bench-table.ts';

const head = [
  ...['', 'write units', 'read units', 'bytes stored', 'frames', 'invocations', 'GB-s'],
  ...['$ units', '$ frames', '$ functions', '$ together', 'of Seenby'],
];

/** What each design took for the same traffic; dollars for so many times that traffic. */
export function usedTable(title: string, all: readonly Used[], times = 1): BenchTable {
  const [first] = all;
  const ofFirst = first ? dollarsFor(first).together : Number.NaN;
  return {
    title: times === 1 ? title : `${title}; dollars for ${whole(times)} times that`,
    head,
    rows: all.map((used) => {
      const { writeUnits, readUnits, storedBytes, framesIn, framesOut, invocations } = used;
      const { database, frames, functions, together } = dollarsFor(used);
      const calls = Object.values(invocations).reduce((sum, each) => sum + each, 0);
      return [
        used.design,
        ...[writeUnits, readUnits, storedBytes, framesIn + framesOut, calls].map(whole),
        short(gbSecondsOf(used)),
        ...[database, frames, functions, together].map((dollars) => (times * dollars).toFixed(2)),
        `${short(together / ofFirst)}×`,
      ];
    }),
  };
}
