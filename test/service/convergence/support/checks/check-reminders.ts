import { isDeepStrictEqual } from 'node:util';
import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type { World } from '../people/world.ts';
import type { Difference, Story } from '../story.ts';

/** While one stands, others are not pushed; clients ask with their heartbeat. */
const shownWithinMs = 10 * 60_000;
const lookMs = 8000;

/** Reminders that every screen of a user shows, in the end, are those that a fresh client shows. */
export async function checkReminders(
  world: World,
  { steps, weather }: Story,
): Promise<Difference[]> {
  // In rough weather the push may be lost; they come with the next connection.
  if (weather === 'rough' || !steps.some((step) => step.do === 'remind')) return [];
  await world.time.wait(shownWithinMs);
  const found: Difference[] = [];
  for (const userId of new Set(world.tabs.map((tab) => tab.userId))) {
    const fresh = world.tab(`${userId}.fresh.2`);
    await fresh.load();
    await world.time.wait(lookMs);
    if (!fresh.client) continue;
    const expected = remindersOf(fresh.client);
    for (const { name, client } of world.tabs.filter((tab) => tab.userId === userId)) {
      const shown = client && remindersOf(client);
      if (shown && !isDeepStrictEqual(shown, expected))
        found.push({ property: 'reminders', where: name, shown, expected });
    }
  }
  return found;
}

const remindersOf = (client: SeenbyClient) =>
  client
    .groups()
    .filter(({ reminders = [] }) => reminders.length > 0)
    .map(({ groupId, reminders }) => ({ groupId, reminders }))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
