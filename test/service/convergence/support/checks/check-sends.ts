import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import { sentIn } from '../people/actions.ts';
import type { World } from '../people/world.ts';
import type { Difference } from '../story.ts';

/** Each message of a user is stored once; what their client called sent is stored, as what it said. */
export function checkSends(world: World, userId: string, fresh: SeenbyClient): Difference[] {
  return world.sent
    .filter(({ tab }) => tab.split('.')[0] === userId)
    .flatMap(({ tab, groupId, content, outcome }) => {
      const stored = sentIn(fresh.group(groupId));
      const count = stored.filter((message) => message.content === content).length;
      if (count > 1) return [difference('sent twice', `${content} in ${groupId}`, count, 1)];
      if (outcome?.outcome !== 'sent') return [];
      const { seq, clientMessageId } = outcome.message;
      if (fresh.group(groupId).status === undefined || seq < (stored[0]?.seq ?? 0)) return [];
      const there = stored.find((message) => message.seq === seq);
      return there?.clientMessageId === clientMessageId
        ? []
        : [difference('sent and not there', `${content} of ${tab}`, there, seq)];
    });
}

const difference = (
  property: string,
  where: string,
  shown: unknown,
  expected: unknown,
): Difference => ({ property, where, shown, expected });
