import type { Http } from './http.ts';
import type { MarksStore } from './marks-store.ts';
import { hasRead } from './pending-marks.ts';

const mostPerRequest = 100;

/** The page may not come back: marks that wait go out by requests that outlive it. */
export function leaveMarks(http: Http, marks: MarksStore): void {
  const pending = marks.groupIds.map((groupId) => ({ groupId, ...marks.of(groupId) }));
  const positions = pending
    .filter(({ readUpTo }) => readUpTo > 0)
    .map(({ groupId, readUpTo }) => ({ groupId, upTo: readUpTo }))
    .slice(0, mostPerRequest);
  const messageIds = pending
    .flatMap(({ single }) => single.map(({ messageId }) => messageId))
    .slice(0, mostPerRequest);
  if (positions.length > 0) http.leave('/me/read', { positions });
  if (messageIds.length > 0) http.leave('/me/read', { messageIds });
  for (const { groupId, deliveredUpTo, ...rest } of pending) {
    if (deliveredUpTo === 0 || hasRead({ ...rest, deliveredUpTo })) continue;
    http.leave(`/groups/${groupId}/delivered`, { upTo: deliveredUpTo });
  }
}
