import { difference, has, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import { sentIn } from '../people/actions.ts';
import type { World } from '../people/world.ts';
import type { Difference } from '../story.ts';

/** Delivered is what a device of the member got, no more; and all that their screens show is delivered. */
export async function checkDeliveries(
  world: World,
  groupIds: readonly string[],
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const groupId of groupIds) {
    const group = await world.service.service.groups.get(groupId);
    if (group?.tracking !== 'receipts') continue;
    for (const { userId, left, ...row } of await world.service.service.members.ofGroup(
      groupId,
      'strong',
    )) {
      if (left) continue;
      const unheard = seqsOf(difference(row.delivered, row.read)).filter(
        (seq) => !world.heardBy(userId).has(`${groupId} ${seq}`),
      );
      if (unheard.length > 0)
        found.push(wrong('delivered and never received', groupId, userId, unheard));
      const known = union(row.delivered, row.read);
      const untold = shownTo(world, userId, groupId).filter((seq) => !has(known, seq));
      if (untold.length > 0) found.push(wrong('shown and not delivered', groupId, userId, untold));
    }
  }
  return found;
}

/** What others sent and the screens of a user show. */
function shownTo(world: World, userId: string, groupId: string): number[] {
  const tabs = world.tabs.filter(
    (tab) => tab.userId === userId && tab.openGroups.includes(groupId),
  );
  const shown = tabs.flatMap(({ client }) => (client ? sentIn(client.group(groupId)) : []));
  const ofOthers = shown.filter(({ senderId, recalled }) => senderId !== userId && !recalled);
  return [...new Set(ofOthers.map(({ seq }) => seq))];
}

const seqsOf = (ranges: RangeSet): number[] =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));

const wrong = (property: string, groupId: string, userId: string, seqs: number[]): Difference => ({
  ...{ property, where: `${groupId} of ${userId}`, shown: seqs, expected: [] },
});
