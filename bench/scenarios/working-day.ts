import { openInMemory } from '../played/in-memory.ts';
import { matrixName, playAll, toldConnected, toldEachMessage } from '../played/play-all.ts';
import { dollarsFor, type Used } from '../played/used.ts';
import { dayTraffic, usualDay, type WorkingDay } from '../played/working-day.ts';
import { short } from '../reports/bench-table.ts';
import { usedTable } from '../reports/used-table.ts';
import type { Scenario } from './scenario.ts';

const withDeliveries: WorkingDay = { ...usualDay, messages: 200, hours: 8 / 5, isDelivered: true };

export const workingDayScenario: Scenario = {
  name: 'working-day',
  about: '1,000 messages in eight hours, 60 % online, 10 % watching, catch-ups',
  isTimed: false,
  async run({ say }) {
    const inMemory = await openInMemory();
    const play = (day: WorkingDay, what: string, only?: readonly string[]) =>
      playAll(inMemory, dayTraffic(day), {
        ...(only && { only }),
        isMatrixToConnected: true,
        say: (design) => say(`${what}: ${design}`),
      });
    const read = await play(usualDay, 'reads');
    const delivered = await play(withDeliveries, 'with deliveries', ['Seenby', matrixName]);
    return {
      tables: [
        usedTable('A working day of a group of 500', read),
        usedTable('A fifth of such a day, with deliveries acknowledged', delivered),
      ],
      notes: [noteOf('Without deliveries', read), noteOf('With deliveries', delivered)],
      figures: { read, delivered },
    };
  },
};

/** How many times what Seenby takes the matrix does that tells all who are connected. */
export function ratiosToMatrix(all: readonly Used[]) {
  const seenby = all[0] as Used;
  const named = (ending: string) =>
    all.find(({ design }) => design === `${matrixName}${ending}`) as Used;
  const matrix = named(toldConnected);
  return {
    database: dollarsFor(matrix).database / dollarsFor(seenby).database,
    frames: framesOf(matrix) / framesOf(seenby),
    framesOfEachMessage: framesOf(named(toldEachMessage)) / framesOf(seenby),
    bytes: matrix.storedBytes / seenby.storedBytes,
  };
}

const framesOf = ({ framesIn, framesOut }: Used): number => framesIn + framesOut;

function noteOf(when: string, all: readonly Used[]): string {
  const { database, frames, framesOfEachMessage, bytes } = ratiosToMatrix(all);
  return (
    `${when}, a row per message and member with all connected told takes ${short(database)} times ` +
    `the dollars for units and ${short(bytes)} times the bytes. It takes ${short(frames)} times the frames if a ` +
    `mark of several messages is told in one frame, and ${short(framesOfEachMessage)} times if each read is told.`
  );
}
