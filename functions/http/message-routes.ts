import {
  historyQuerySchema,
  receiptListQuerySchema,
  sendMessageSchema,
} from '../../protocol/http-requests.ts';
import { done } from '../outcome.ts';
import { listReceipts } from '../use-cases/list-receipts.ts';
import { readHistory } from '../use-cases/read-history.ts';
import { recallMessage } from '../use-cases/recall-message.ts';
import { remindUnread } from '../use-cases/remind-unread.ts';
import { sendMessage } from '../use-cases/send-message.ts';
import { all, bodyOf, groupIdOf, nothingOf, queryOf, seqOf } from './input.ts';
import { answer, type Routes } from './route.ts';

/** Messages, and what can be asked of one. */
export const messageRoutes = {
  async 'GET /groups/{groupId}/messages'(context) {
    const input = all(groupIdOf(context), queryOf(historyQuerySchema, context));
    if (!input.ok) return input;
    const [groupId, query] = input.value;
    return answer(await readHistory(context.service, context.caller, { groupId, ...query }));
  },

  async 'POST /groups/{groupId}/messages'(context) {
    const input = all(groupIdOf(context), bodyOf(sendMessageSchema, context));
    if (!input.ok) return input;
    const [groupId, message] = input.value;
    const sent = await sendMessage(context.service, context.caller, { groupId, ...message });
    if (!sent.ok) return sent;
    const { known, message: stored } = sent.value;
    return done({ status: known ? 200 : 201, body: { message: stored } }, sent.pushes);
  },

  async 'DELETE /groups/{groupId}/messages/{seq}'(context) {
    const input = all(groupIdOf(context), seqOf(context), nothingOf(context));
    if (!input.ok) return input;
    const [groupId, seq] = input.value;
    return answer(await recallMessage(context.service, context.caller, groupId, seq));
  },

  async 'GET /groups/{groupId}/messages/{seq}/receipts'(context) {
    const input = all(groupIdOf(context), seqOf(context), queryOf(receiptListQuerySchema, context));
    if (!input.ok) return input;
    const [groupId, seq, query] = input.value;
    const { service, cursors, caller } = context;
    return answer(await listReceipts(service, cursors, caller, { groupId, seq, ...query }));
  },

  async 'POST /groups/{groupId}/messages/{seq}/remind'(context) {
    const input = all(groupIdOf(context), seqOf(context), nothingOf(context));
    if (!input.ok) return input;
    const [groupId, seq] = input.value;
    return answer(await remindUnread(context.service, context.caller, groupId, seq));
  },
} satisfies Routes;
