import { asOthersSee } from '../../core/concealment.ts';
import { newMoves } from '../../core/marking.ts';
import type { Message, Receipt } from '../../protocol/entities.ts';
import type { MemberChange } from '../stream/member-change.ts';
import type { ServiceEvent } from './service-event.ts';

/** About 100 bytes each: an event holds a quarter of a megabyte. */
const mostReceiptsPerEvent = 1000;

export const sentEvents = (messages: readonly Message[]): ServiceEvent[] =>
  messages.map((message) => ({ type: 'message.sent', detail: { message } }));

export const memberEvents = (changes: readonly MemberChange[]): ServiceEvent[] =>
  changes.flatMap(({ groupId, before, after }) => {
    const change = changeOf(before, after);
    if (!change) return [];
    const { userId, role } = after;
    return [{ type: 'member.changed', detail: { groupId, userId, change, role } }];
  });

function changeOf(before: MemberChange['before'], after: MemberChange['after']) {
  if (!before || before.left) return after.left ? undefined : 'joined';
  if (after.left) return 'left';
  return before.role === after.role ? undefined : 'role';
}

/** Groups in which somebody read something that others may know of. */
export const groupsRead = (changes: readonly MemberChange[]): string[] => [
  ...new Set(changes.filter((change) => readsOf(change).length > 0).map(({ groupId }) => groupId)),
];

/** @param told the groups whose reading is not private; of others nothing is said. */
export function readEvents(
  changes: readonly MemberChange[],
  told: ReadonlySet<string>,
): ServiceEvent[] {
  const byGroup = Map.groupBy(
    changes.filter(({ groupId }) => told.has(groupId)),
    ({ groupId }) => groupId,
  );
  return [...byGroup].flatMap(([groupId, ofGroup]) =>
    inEvents(ofGroup.flatMap(readsOf)).map((receipts) => ({
      type: 'message.read' as const,
      detail: { groupId, receipts },
    })),
  );
}

function readsOf({ before, after }: MemberChange): Receipt[] {
  const moves = newMoves((before && asOthersSee(before).moves) ?? [], asOthersSee(after).moves);
  return moves.flatMap(({ kind, at, ranges }) =>
    kind === 'delivered'
      ? []
      : ranges.map(({ from, to }) => ({
          userId: after.userId,
          kind,
          fromSeq: from,
          toSeq: to,
          at,
        })),
  );
}

function inEvents(receipts: readonly Receipt[]): Receipt[][] {
  const events: Receipt[][] = [];
  for (let i = 0; i < receipts.length; i += mostReceiptsPerEvent) {
    events.push(receipts.slice(i, i + mostReceiptsPerEvent));
  }
  return events;
}
