import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type { World } from '../people/world.ts';
import type { Difference, Step, Story } from '../story.ts';

/** A read goes out within this, if nothing is in its way. */
const sentWithinMs = 15_000;
const reads = new Set(['readAll', 'readUpTo', 'see', 'seeSome', 'play', 'send']);
const readsEverywhere = new Set(['readEverywhere', 'readAllAndLeave']);
/** After these a tab may have reads that it sends much later. */
const delays = new Set(['cut', 'goOffline', 'sleep', 'hide', 'reload', 'close']);
const moves = new Set(['add', 'remove', 'leave', 'delete', 'recall']);

/** A badge that a user put back stays until they read: no tab of theirs clears it by itself. */
export function checkBadges(
  { putBack }: World,
  { steps, weather }: Story,
  userId: string,
  fresh: SeenbyClient,
): Difference[] {
  if (weather !== 'calm') return [];
  return putBack
    .filter(({ step }) => userOf(step) === userId && isLast(step, steps))
    .filter(({ step, fromSeq }) => fresh.group(step.group ?? '').readSeq >= fromSeq)
    .map(({ step, fromSeq }) => ({
      property: 'badge cleared by nobody',
      where: `${step.group} of ${userId}`,
      shown: fresh.group(step.group ?? '').readSeq,
      expected: `below ${fromSeq}`,
    }));
}

const userOf = ({ by }: Step): string => by.split('.')[0] ?? '';

/** Whether nothing that the user did besides may have cleared it. */
const isLast = (step: Step, steps: readonly Step[]): boolean =>
  !steps.some((other) => {
    if (other === step) return false;
    if (other.group === step.group && moves.has(other.do)) return true;
    if (userOf(other) !== userOf(step)) return false;
    const isRead = reads.has(other.do) && other.group === step.group;
    const mayRead = isRead || readsEverywhere.has(other.do);
    if (mayRead && other.at > step.at - sentWithinMs) return true;
    return delays.has(other.do) || (other.do === 'markUnread' && other.group === step.group);
  });
