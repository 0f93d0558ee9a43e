import type { Chart, Series } from '../charts/chart.ts';
import type { Point } from '../charts/exponent.ts';
import { GrownGroup } from '../played/grown-group.ts';
import type { InMemory } from '../played/in-memory.ts';
import { type AgeFigures, usesAtAge } from '../played/uses-at-age.ts';
import { userIdsOf } from '../support/user-ids.ts';

const calls = {
  send: 'a send',
  mark: 'a mark with its push',
  counts: 'counts of the newest 50',
  list: 'readers of the newest',
} as const;

/** Capacity units of calls in a group with ever more messages; a write unit counts as five read units, its price. */
export async function growthByAge(
  { openPlace }: InMemory,
  members: number,
  ages: readonly number[],
): Promise<Chart[]> {
  const measured: AgeFigures[] = [];
  for (const messages of ages) {
    const group = await GrownGroup.open(openPlace, userIdsOf(members));
    measured.push(await usesAtAge(group, messages));
  }
  const series = Object.entries(calls).map(([call, name]): Series => {
    const points = measured.map((each): Point => {
      const { write, read } = each[call as keyof typeof calls];
      return [each.messages, 5 * write + read];
    });
    return { name, points };
  });
  const title = `Seenby: read units of calls, a write unit as five, ${members} members`;
  return [{ name: 'age-units', title, xTitle: 'messages of the group', series }];
}
