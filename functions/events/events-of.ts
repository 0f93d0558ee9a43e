import { chunks } from '@seenby/core/chunks.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { difference, type RangeSet, setOfRange } from '@seenby/core/ranges/range-set.ts';
import { newReceiptEvents } from '@seenby/core/reading/marking.ts';
import { isPrivateTime } from '@seenby/core/reading/private-times.ts';
import { withoutPrivateReads } from '@seenby/core/reading/receipt-privacy.ts';
import type { Receipt } from '@seenby/protocol/entities.ts';
import type { ServiceEvent } from '@seenby/protocol/events/service-events.ts';
import type { MemberChange } from '../stream/member-change.ts';

/** About 100 bytes each: an event holds a quarter of a megabyte. */
const maxReceiptsPerEvent = 1000;

export const memberEvents = (changes: readonly MemberChange[]): ServiceEvent[] =>
  changes.flatMap(({ groupId, before, after }) => {
    const change = changeOf(before, after);
    if (!change) return [];
    const { userId, role } = after;
    return [{ type: 'member.changed', detail: { version: 1, groupId, userId, change, role } }];
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

/** @param published the groups whose reading is not private; nothing is published of others. */
export function readEvents(
  changes: readonly MemberChange[],
  published: ReadonlyMap<string, Pick<GroupState, 'privateTimes' | 'lost'>>,
): ServiceEvent[] {
  const isPrivate = (groupId: string, at: number) =>
    isPrivateTime(published.get(groupId)?.privateTimes ?? [], at);
  const byGroup = Map.groupBy(
    changes.filter(({ groupId }) => published.has(groupId)),
    ({ groupId }) => groupId,
  );
  return [...byGroup].flatMap(([groupId, ofGroup]) =>
    chunks(
      ofGroup
        .flatMap(readsOf)
        .filter(({ at }) => !isPrivate(groupId, at))
        .flatMap((receipt) => withoutLost(receipt, published.get(groupId)?.lost ?? [])),
      maxReceiptsPerEvent,
    ).map((receipts) => ({
      type: 'message.read' as const,
      detail: { version: 1 as const, groupId, receipts },
    })),
  );
}

const withoutLost = (receipt: Receipt, lost: RangeSet): Receipt[] =>
  difference(setOfRange(receipt.fromSeq, receipt.toSeq), lost).map(({ from, to }) => ({
    ...receipt,
    ...{ fromSeq: from, toSeq: to },
  }));

function readsOf({ before, after }: MemberChange): Receipt[] {
  // The row of a leaver that was given to a pseudonym: what it holds was read before.
  if (!before && after.left) return [];
  const receiptEvents = newReceiptEvents(
    (before && withoutPrivateReads(before).receiptEvents) ?? [],
    withoutPrivateReads(after).receiptEvents,
  );
  return receiptEvents.flatMap(({ kind, at, ranges }) =>
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
