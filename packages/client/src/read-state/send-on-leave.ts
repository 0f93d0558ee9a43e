import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { Http } from '../transport/http.ts';
import { hasRead } from './pending-receipts.ts';
import type { PendingReceiptsStore } from './pending-receipts-store.ts';

const maxPerRequest = 100;

/**
 * The page may not come back: pending receipts go out by requests that outlive it. Resolves once all
 * of them are over, however they ended.
 */
export function sendOnLeave(http: Http, store: PendingReceiptsStore): Promise<unknown> {
  const sent: Promise<void>[] = [];
  const pending = store.groupIds.map((groupId) => ({ groupId, ...store.of(groupId) }));
  const positions = pending
    .filter(({ readUpTo }) => readUpTo > 0)
    .map(({ groupId, readUpTo }) => ({ groupId, upTo: readUpTo }))
    .slice(0, maxPerRequest);
  const messageIds = pending
    .flatMap(({ single }) => single.map(({ messageId }) => messageId))
    .slice(0, maxPerRequest);
  if (positions.length > 0) sent.push(http.leave('/me/read', { positions }));
  if (messageIds.length > 0) sent.push(http.leave('/me/read', { messageIds }));
  for (const { groupId, ...receipts } of pending) {
    const { deliveredUpTo } = receipts;
    if (deliveredUpTo === 0 || hasRead(receipts)) continue;
    const path = `/groups/${toPathSegment(groupId)}/delivered`;
    sent.push(http.leave(path, { upTo: deliveredUpTo }));
  }
  return Promise.allSettled(sent);
}
