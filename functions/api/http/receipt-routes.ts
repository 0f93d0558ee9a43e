import type { HttpInput } from '@seenby/protocol/http-requests.ts';
import { withProfiles } from '../../members/with-profiles.ts';
import { mapResult, type ResultWithPushes } from '../../push/recipients/push.ts';
import { countReceipts } from '../../receipts/count-receipts.ts';
import { listPositions } from '../../receipts/list-positions.ts';
import type { Marked } from '../../receipts/mark-group.ts';
import { markOneGroup, requestForRanges, requestsFor } from '../../receipts/mark-messages.ts';
import { markUnread } from '../../receipts/mark-unread.ts';
import { refuse } from '../../runtime/result.ts';
import { listMemberStatistics } from '../../statistics/list-member-statistics.ts';
import { readGroupStatistics } from '../../statistics/read-group-statistics.ts';
import type { HttpContext } from './http-context.ts';
import { ok, type Routes } from './route.ts';

/** The caller's marks in one group, and everyone's counts. */
export const receiptRoutes = {
  async 'POST /groups/{groupId}/read'(context, marks) {
    return ok(mapResult(await mark(context, 'read', marks), toReadResult));
  },

  async 'POST /groups/{groupId}/delivered'(context, marks) {
    return ok(mapResult(await mark(context, 'delivered', marks), toDeliveredResult));
  },

  async 'POST /groups/{groupId}/unread'({ service, caller }, { groupId, fromSeq }) {
    return ok(await markUnread(service, caller, groupId, fromSeq));
  },

  async 'GET /groups/{groupId}/receipts'({ service, caller }, range) {
    return ok(await countReceipts(service, caller, range));
  },

  async 'GET /groups/{groupId}/positions'({ service, cursors, caller }, query) {
    return ok(await withProfiles(service, await listPositions(service, cursors, caller, query)));
  },

  async 'GET /groups/{groupId}/stats'({ service, caller }, span) {
    return ok(await readGroupStatistics(service, caller, span));
  },

  async 'GET /groups/{groupId}/stats/members'({ service, cursors, caller }, query) {
    return ok(
      await withProfiles(service, await listMemberStatistics(service, cursors, caller, query)),
    );
  },
} satisfies Routes;

async function mark(
  { service, caller }: HttpContext,
  kind: 'read' | 'delivered',
  { groupId, upTo, ranges, messageIds }: HttpInput<'POST /groups/{groupId}/read'>,
): Promise<ResultWithPushes<Marked>> {
  if (upTo !== undefined) return markOneGroup(service, caller, kind, { groupId, upTo });
  if (ranges) return markOneGroup(service, caller, kind, requestForRanges(groupId, ranges));
  const [request, ...others] = requestsFor(messageIds ?? []);
  if (request?.groupId !== groupId || others.length > 0) {
    return refuse('BAD_REQUEST', 'messageIds: a message is of another group.');
  }
  return markOneGroup(service, caller, kind, request);
}

export const toReadResult = ({ state, changed }: Marked) => ({ ...state, changed });

const toDeliveredResult = ({ state: { groupId }, deliveredSeq, changed }: Marked) => ({
  groupId,
  deliveredSeq,
  changed,
});
