import { difference, setOfRange } from '@seenby/core/ranges/range-set.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { ReadingSession } from './reading-session.ts';
import { targetOf } from './receipt-sender.ts';

const maxPositions = 100;

/**
 * The page may not come back: pending receipts go out by requests that outlive it, the positions of
 * all groups in one. Resolves once all of them are over, however they ended.
 */
export function sendOnLeave({ http, pending, deliveries }: ReadingSession): Promise<unknown> {
  deliveries.forgetNewest();
  const sent: Promise<void>[] = [];
  const positions: { groupId: string; upTo: number }[] = [];
  for (const groupId of pending.groupIds) {
    const { read } = pending.of(groupId);
    const upTo = read[0]?.from === 1 ? read[0].to : 0;
    if (upTo > 0) positions.push({ groupId, upTo });
    const above = difference(read, setOfRange(1, upTo));
    const [kind, ranges] =
      read.length > 0 ? ['read', above] : ['delivered', deliveries.untold(groupId)];
    if (ranges.length === 0) continue;
    sent.push(http.leave(`/groups/${toPathSegment(groupId)}/${kind}`, targetOf(ranges)));
  }
  if (positions.length > 0) {
    sent.push(http.leave('/me/read', { positions: positions.slice(0, maxPositions) }));
  }
  return Promise.allSettled(sent);
}
