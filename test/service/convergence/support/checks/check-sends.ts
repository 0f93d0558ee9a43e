import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type { SentMessage } from '../../../../../packages/client/src/timeline/messages.ts';
import { sentIn } from '../people/actions.ts';
import type { SentByUser, World } from '../people/world.ts';
import type { Difference } from '../story.ts';

/** Each message of a user is stored once; what their client called sent is stored, as what it said. */
export function checkSends(world: World, userId: string, fresh: SeenbyClient): Difference[] {
  return world.sent
    .filter(({ tab }) => tab.split('.')[0] === userId)
    .flatMap((sent) => {
      const { tab, groupId, content, outcome } = sent;
      const stored = sentIn(fresh.group(groupId));
      const count = stored.filter((message) => message.content === content).length;
      if (count > 1) return [difference('sent twice', `${content} in ${groupId}`, count, 1)];
      const isSent = outcome?.outcome === 'sent';
      const id = isSent ? outcome.message.clientMessageId : sent.clientMessageId;
      if (world.isLost(id)) return [];
      const isIn = fresh.group(groupId).status !== undefined;
      if (!isSent) return checkLeftBehind(world, sent, isIn ? stored : undefined);
      const { seq } = outcome.message;
      if (!isIn || seq < (stored[0]?.seq ?? 0)) return [];
      const there = stored.find((message) => message.seq === seq);
      return there?.clientMessageId === id
        ? []
        : [difference('sent and not there', `${content} of ${tab}`, there, seq)];
    });
}

/**
 * What a page could not send is sent by another one of its device, or waits there for its user.
 *
 * @param stored undefined for who is no longer in the group, and sees nothing of it: then it may have been
 *   stored before, or failed, but does not wait to be sent.
 */
function checkLeftBehind(
  world: World,
  sent: SentByUser,
  stored: SentMessage[] | undefined,
): Difference[] {
  const { tab, groupId, content, clientMessageId: id, outcome } = sent;
  const isOver = outcome && !(outcome.outcome === 'failed' && outcome.error.code === 'CLOSED');
  // Who came back into a group does not see what was sent before.
  if (isOver || id === undefined || (stored?.[0]?.seq ?? 1) > 1) return [];
  const { device } = world.tab(tab);
  const pages = world.tabs.filter((each) => each.device === device);
  const waiting = pages.flatMap(({ client }) => client?.group(groupId).messages ?? []);
  const named = [...(stored ?? []), ...waiting].find(
    ({ clientMessageId }) => clientMessageId === id,
  );
  const isRight = named ? named.state !== 'pending' : stored === undefined;
  const where = `${content} in ${groupId}`;
  return isRight ? [] : [difference('left behind', where, named?.state, id)];
}

const difference = (
  property: string,
  where: string,
  shown: unknown,
  expected: unknown,
): Difference => ({ property, where, shown, expected });
