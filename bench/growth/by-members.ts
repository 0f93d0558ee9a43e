import type { Chart } from '../charts/chart.ts';
import type { Point } from '../charts/exponent.ts';
import type { InMemory } from '../played/in-memory.ts';
import { readByAll } from '../played/one-message.ts';
import { matrixName, playAll } from '../played/play-all.ts';
import type { Used } from '../played/used.ts';

/** One message, read by 20 members a second, all of whom have the group open. */
export async function growthByMembers(
  inMemory: InMemory,
  sizes: readonly number[],
): Promise<Chart[]> {
  const played: { members: number; seenby: Used; matrix: Used }[] = [];
  for (const members of sizes) {
    const traffic = readByAll({
      members,
      messages: 1,
      watching: members,
      secondsBetweenReads: 0.05,
    });
    const [seenby, matrix] = await playAll(inMemory, traffic, { only: ['Seenby', matrixName] });
    if (seenby && matrix) played.push({ members, seenby, matrix });
  }
  const chart = (name: string, title: string, of: (used: Used) => number): Chart => {
    const points = (design: 'seenby' | 'matrix') =>
      played.map((each): Point => [each.members, of(each[design])]);
    return {
      ...{ name: `members-${name}`, title, xTitle: 'members' },
      series: [
        { name: 'Seenby', points: points('seenby') },
        { name: 'row per message and member', points: points('matrix') },
      ],
    };
  };
  return [
    chart('frames', 'Frames of one message', ({ framesIn, framesOut }) => framesIn + framesOut),
    chart('writes', 'Write units of one message', ({ writeUnits }) => writeUnits),
    chart('bytes', 'Bytes stored by one message', ({ storedBytes }) => storedBytes),
  ];
}
