import {
  countsQuerySchema,
  markSchema,
  markUnreadSchema,
  statsQuerySchema,
} from '../../protocol/http-requests.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import { countReceipts } from '../use-cases/count-receipts.ts';
import {
  type Marked,
  type MarkRequest,
  markMessages,
  requestsFor,
} from '../use-cases/mark-messages.ts';
import { markUnread } from '../use-cases/mark-unread.ts';
import { readGroupStatistics } from '../use-cases/read-group-statistics.ts';
import type { HttpContext } from './http-context.ts';
import { all, bodyOf, groupIdOf, queryOf } from './input.ts';
import { type Answer, answer, type Routes } from './route.ts';

/** The caller's marks in one group, and everyone's counts. */
export const receiptRoutes = {
  async 'POST /groups/{groupId}/read'(context) {
    return mark(context, 'read', toReadResult);
  },

  async 'POST /groups/{groupId}/delivered'(context) {
    return mark(context, 'delivered', ({ groupId, deliveredSeq, changed }) => ({
      groupId,
      deliveredSeq,
      changed,
    }));
  },

  async 'POST /groups/{groupId}/unread'(context) {
    const input = all(groupIdOf(context), bodyOf(markUnreadSchema, context));
    if (!input.ok) return input;
    const [groupId, { fromSeq }] = input.value;
    return answer(await markUnread(context.service, context.caller, groupId, fromSeq));
  },

  async 'GET /groups/{groupId}/receipts'(context) {
    const input = all(groupIdOf(context), queryOf(countsQuerySchema, context));
    if (!input.ok) return input;
    const [groupId, range] = input.value;
    return answer(await countReceipts(context.service, context.caller, { groupId, ...range }));
  },

  async 'GET /groups/{groupId}/stats'(context) {
    const input = all(groupIdOf(context), queryOf(statsQuerySchema, context));
    if (!input.ok) return input;
    const [groupId, span] = input.value;
    return answer(await readGroupStatistics(context.service, context.caller, { groupId, ...span }));
  },
} satisfies Routes;

async function mark(
  context: HttpContext,
  kind: 'read' | 'delivered',
  toBody: (marked: Marked) => object,
): Promise<Outcome<Answer>> {
  const input = all(groupIdOf(context), bodyOf(markSchema, context));
  if (!input.ok) return input;
  const [groupId, { upTo, messageIds }] = input.value;
  const requests: MarkRequest[] =
    upTo === undefined ? requestsFor(messageIds ?? []) : [{ groupId, upTo }];
  if (requests.some((request) => request.groupId !== groupId)) {
    return refuse('BAD_REQUEST', 'messageIds: a message is of another group.');
  }
  const marked = await markMessages(context.service, context.caller, kind, requests);
  if (!marked.ok) return marked;
  return done({ body: toBody(marked.value[0] as Marked) }, marked.pushes);
}

export const toReadResult = ({ groupId, readSeq, unreadCount, changed }: Marked) => ({
  groupId,
  readSeq,
  unreadCount,
  changed,
});
