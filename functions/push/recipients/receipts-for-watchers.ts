import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import {
  difference,
  emptySet,
  intersect,
  newestOf,
  setOfRange,
} from '@seenby/core/ranges/range-set.ts';
import type { Service } from '../../service/service.ts';
import type { Connection } from '../../store/users/connections.ts';
import type { Delivery } from './delivery.ts';
import { maxSeqsPerReceipt, type WatcherPush } from './push.ts';

/**
 * What a small group's open screens are told at once: receipts of the messages that each may see, but
 * for their own. They cost the rows of all members, which are few.
 */
export async function receiptsForWatchers(
  { connections, members, authors }: Service,
  { group, readerId: userId, kind, seqs, at }: WatcherPush,
): Promise<Delivery[]> {
  const { groupId } = group;
  const newest = difference(newestOf(seqs, maxSeqsPerReceipt), group.lost);
  const [subscribers, rows, byAuthor] = await Promise.all([
    connections.subscribersOf(groupId),
    members.ofGroup(groupId, 'strong'),
    authors.authorsOf(group, newest),
  ]);
  const known = new Map(rows.filter(({ left }) => !left).map((row) => [row.userId, row]));
  const deliveries = new Map<string, Delivery & { connections: Connection[] }>();
  for (const connection of subscribers) {
    const row = known.get(connection.userId);
    if (!row || !seesAllReceipts(group, row.role)) continue;
    const isTold = kind === 'delivered' ? emptySet : (byAuthor.get(row.userId) ?? emptySet);
    const shown = difference(intersect(newest, setOfRange(row.from, group.lastSeq)), isTold);
    if (shown.length === 0) continue;
    const name = JSON.stringify(shown);
    const receipts = shown.map(({ from, to }) => ({ userId, kind, fromSeq: from, toSeq: to, at }));
    const delivery = deliveries.get(name) ?? {
      frame: { type: 'read_status_update', groupId, receipts },
      connections: [],
    };
    delivery.connections.push(connection);
    deliveries.set(name, delivery);
  }
  return [...deliveries.values()];
}
