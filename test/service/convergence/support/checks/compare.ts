import { isDeepStrictEqual } from 'node:util';
import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type { Tab } from '../people/tab.ts';
import type { Difference, Weather } from '../story.ts';
import { groupViewOf, listsOf, overviewOf } from './views.ts';

/** Differences between what a tab shows and what a fresh one of the same user shows. */
export function compare(
  tab: Tab,
  freshTab: Tab,
  fresh: SeenbyClient,
  groupIds: readonly string[],
  weather: Weather,
): { differences: Difference[]; compared: number } {
  const { client } = tab;
  if (!client) return { differences: [], compared: 0 };
  const isOnScreen = (groupId: string) =>
    tab.openGroups.includes(groupId) && (weather !== 'rough' || client.group(groupId).isOpen);
  const isGone = (groupId: string) => fresh.group(groupId).status === undefined;
  const views = [
    ...(weather === 'rough'
      ? []
      : [{ where: tab.name, shown: overviewOf(client), expected: overviewOf(fresh) }]),
    ...groupIds
      .filter((groupId) => isOnScreen(groupId) || (isGone(groupId) && weather !== 'rough'))
      .map((groupId) => ({
        where: `${groupId} on ${tab.name}`,
        shown: { ...groupViewOf(client, groupId), ...listsOf(tab, groupId) },
        expected: { ...groupViewOf(fresh, groupId), ...listsOf(freshTab, groupId) },
      }))
      // A heartbeat tells of messages and marks; settings come with the next connection.
      .map((view) => (weather === 'rough' ? withoutStatus(view) : view)),
  ];
  const differences = views.flatMap(({ where, shown, expected }) =>
    differencesOf(where, shown, expected),
  );
  return { differences, compared: views.length };
}

type View = ReturnType<typeof groupViewOf>;
type Views = { where: string; shown: View; expected: View };

const withoutStatus = ({ where, shown, expected }: Views): Views => ({
  where,
  shown: { ...shown, status: undefined },
  expected: { ...expected, status: undefined },
});

function differencesOf(
  where: string,
  shown: Record<string, unknown>,
  expected: Record<string, unknown>,
): Difference[] {
  return Object.keys({ ...shown, ...expected })
    .filter((property) => !isDeepStrictEqual(shown[property], expected[property]))
    .map((property) => ({
      ...{ property, where, shown: shown[property], expected: expected[property] },
    }));
}
