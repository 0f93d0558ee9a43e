import { mapResult } from '../../push/recipients/push.ts';
import { changeReadReceipts } from '../../receipts/change-read-receipts.ts';
import type { MarkRequest } from '../../receipts/mark-group.ts';
import { type GroupOutcome, markMessages, requestsFor } from '../../receipts/mark-messages.ts';
import { done } from '../../runtime/result.ts';
import { readOwnStatistics } from '../../statistics/read-own-statistics.ts';
import { listUnread } from '../../sync/list-unread.ts';
import { syncChanges } from '../../sync/sync-changes.ts';
import { toReadResult } from './receipt-routes.ts';
import { ok, type Routes } from './route.ts';

/** The caller across all their groups. */
export const meRoutes = {
  async 'GET /me/unread'({ service, caller }) {
    return ok(done(await listUnread(service, caller.userId, 'strong')));
  },

  async 'POST /me/read'({ service, caller }, { positions, messageIds }) {
    const requests = positions ? highest(positions) : requestsFor(messageIds ?? []);
    const marked = await markMessages(service, caller, 'read', requests);
    return ok(mapResult(marked, (groups) => ({ groups: groups.map(toOutcome) })));
  },

  async 'GET /me/sync'({ service, cursors, caller }, { since }) {
    return ok(await syncChanges(service, cursors, caller, since));
  },

  async 'GET /me/stats'({ service, caller }) {
    return ok(done(await readOwnStatistics(service, caller.userId)));
  },

  async 'GET /me/settings'({ service, caller }) {
    return ok(done(await service.settings.get(caller.userId)));
  },

  async 'PUT /me/settings'({ service, caller }, settings) {
    return ok(await changeReadReceipts(service, caller.userId, settings));
  },

  async 'PUT /me/profile'({ service, caller }, profile) {
    return ok(done(await service.profiles.choose(caller.userId, profile)));
  },
} satisfies Routes;

const toOutcome = ({ groupId, result }: GroupOutcome) =>
  result.ok ? toReadResult(result.value) : { groupId, error: result.problem };

/** A group named twice is marked once, up to the higher position. */
function highest(positions: readonly { groupId: string; upTo: number }[]): MarkRequest[] {
  const byGroup = new Map<string, number>();
  for (const { groupId, upTo } of positions) {
    byGroup.set(groupId, Math.max(upTo, byGroup.get(groupId) ?? 0));
  }
  return [...byGroup].map(([groupId, upTo]) => ({ groupId, upTo }));
}
