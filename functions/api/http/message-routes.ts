import { withProfiles } from '../../members/with-profiles.ts';
import { readHistory } from '../../messages/read-history.ts';
import { recallMessage } from '../../messages/recall-message.ts';
import { remindUnread } from '../../messages/remind-unread.ts';
import { sendMessage } from '../../messages/send-message.ts';
import { mapResult } from '../../push/recipients/push.ts';
import { listReceipts } from '../../receipts/list-receipts.ts';
import { ok, type Routes } from './route.ts';

/** Messages, and what can be asked of one. */
export const messageRoutes = {
  async 'GET /groups/{groupId}/messages'({ service, caller }, query) {
    return ok(await readHistory(service, caller, query));
  },

  async 'POST /groups/{groupId}/messages'({ service, caller }, message) {
    const sent = await sendMessage(service, caller, message);
    return mapResult(sent, ({ known, message: stored }) => ({
      status: known ? 200 : 201,
      body: { message: stored },
    }));
  },

  async 'DELETE /groups/{groupId}/messages/{seq}'({ service, caller }, { groupId, seq }) {
    return ok(await recallMessage(service, caller, groupId, seq));
  },

  async 'GET /groups/{groupId}/messages/{seq}/receipts'({ service, cursors, caller }, query) {
    return ok(await withProfiles(service, await listReceipts(service, cursors, caller, query)));
  },

  async 'POST /groups/{groupId}/messages/{seq}/remind'(
    { service, caller },
    { groupId, ...reminding },
  ) {
    return ok(await remindUnread(service, caller, groupId, reminding));
  },
} satisfies Routes;
