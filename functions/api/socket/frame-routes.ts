import type { ClientFrame, MarkTarget, SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { sendMessage } from '../../messages/send-message.ts';
import { announceTyping } from '../../presence/announce-typing.ts';
import { doneWithPushes, mapResult, type ResultWithPushes } from '../../push/recipients/push.ts';
import type { Marked, MarkRequest } from '../../receipts/mark-group.ts';
import {
  type GroupOutcome,
  markMessages,
  requestForRanges,
  requestsFor,
} from '../../receipts/mark-messages.ts';
import { markPlayed } from '../../receipts/mark-played.ts';
import { markUnread } from '../../receipts/mark-unread.ts';
import { listUnreadThatFits } from '../../sync/list-unread.ts';
import { readStatuses } from '../../sync/read-statuses.ts';
import { subscribeGroups } from '../../sync/subscribe-groups.ts';
import type { SocketContext } from './socket-context.ts';

type Replies = ResultWithPushes<ServerFrame[]>;
type FrameRoute<T extends SocketRoute> = (
  context: SocketContext,
  frame: ClientFrame<T>,
) => Promise<Replies>;

/** What each client frame does. The replies go to the connection, the pushes to whom they name. */
export const frameRoutes: { [T in SocketRoute]: FrameRoute<T> } = {
  async hello({ service, caller }) {
    const { userId, connectionId } = caller;
    const overview = await listUnreadThatFits(service, userId, 'eventual', maxBytesOfGroups);
    const established = { userId, connectionId, ...overview, epoch: service.epoch };
    return replies([{ type: 'connection_established', ...established }]);
  },

  async get_status({ service, caller }, { groupIds }) {
    const statuses = await readStatuses(service, caller.userId, groupIds);
    return replies([{ type: 'group_status', ...statuses }]);
  },

  async subscribe_group({ service, caller, endsAt }, { groupId, groupIds }) {
    const wanted = groupIds ?? [groupId ?? ''];
    return replies(await subscribeGroups(service, caller, wanted, endsAt));
  },

  async unsubscribe_group({ service, caller }, { groupId }) {
    await service.connections.unsubscribe(caller, groupId);
    return replies([{ type: 'unsubscription_confirmed', groupId }]);
  },

  async send_message({ service, caller }, frame) {
    return mapResult(await sendMessage(service, caller, frame), ({ message }) => [
      { type: 'message_sent', message },
    ]);
  },

  async mark_read({ service, caller }, frame) {
    const marked = await markMessages(service, caller, 'read', targetsOf(frame));
    return mapResult(marked, repliesOf(frame, toReadConfirmation));
  },

  async mark_delivered({ service, caller }, frame) {
    const marked = await markMessages(service, caller, 'delivered', targetsOf(frame));
    return mapResult(marked, repliesOf(frame, toDeliveredConfirmation));
  },

  async mark_played({ service, caller }, { messageId }) {
    return mapResult(await markPlayed(service, caller, messageId), ({ changed }) => [
      { type: 'mark_played_confirmed', messageId, changed },
    ]);
  },

  async mark_unread({ service, caller }, { groupId, fromSeq }) {
    return mapResult(await markUnread(service, caller, groupId, fromSeq), (state) => [
      { type: 'mark_unread_confirmed', ...state },
    ]);
  },

  async typing({ service, caller }, { groupId }) {
    return announceTyping(service, caller, groupId);
  },

  async ping() {
    return replies([{ type: 'pong' }]);
  },
};

/** API Gateway posts 128 KB at most. The total is that of all groups; `GET /me/unread` lists them. */
const maxBytesOfGroups = 100 * 1024;

function targetsOf({ groupId, upTo, ranges, ...ids }: MarkTarget): MarkRequest[] {
  const { messageIds, messageId } = ids;
  if (groupId !== undefined && upTo !== undefined) return [{ groupId, upTo }];
  if (groupId !== undefined && ranges) return [requestForRanges(groupId, ranges)];
  return requestsFor(messageIds ?? [messageId ?? '']);
}

/** One for each group: a group that refuses has an error of its own, which comes in any case. */
const repliesOf =
  ({ confirm = true }: MarkTarget, confirmed: (marked: Marked) => ServerFrame) =>
  (groups: readonly GroupOutcome[]): ServerFrame[] =>
    groups.flatMap(({ groupId, result }) => {
      if (!result.ok) return [{ type: 'error', groupId, ...result.problem }];
      return confirm ? [confirmed(result.value)] : [];
    });

const toReadConfirmation = ({ state, changed }: Marked): ServerFrame => ({
  type: 'mark_read_confirmed',
  ...state,
  changed,
});

const toDeliveredConfirmation = ({ state, deliveredSeq, changed }: Marked): ServerFrame => ({
  type: 'mark_delivered_confirmed',
  ...{ groupId: state.groupId, deliveredSeq, changed },
});

const replies = (frames: ServerFrame[]): Replies => doneWithPushes(frames);
