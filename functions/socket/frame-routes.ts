import type { ClientFrame, MarkTarget } from '../../protocol/client-frames.ts';
import type { GroupStatus } from '../../protocol/entities.ts';
import type { SocketRoute } from '../../protocol/routes.ts';
import type { ServerFrame } from '../../protocol/server-frames.ts';
import { done, type Outcome } from '../outcome.ts';
import { listUnread } from '../use-cases/list-unread.ts';
import {
  type Marked,
  type MarkRequest,
  markMessages,
  requestsFor,
} from '../use-cases/mark-messages.ts';
import { markPlayed } from '../use-cases/mark-played.ts';
import { markUnread } from '../use-cases/mark-unread.ts';
import { sendMessage } from '../use-cases/send-message.ts';
import { subscribeGroups } from '../use-cases/subscribe-groups.ts';
import { tellTyping } from '../use-cases/tell-typing.ts';
import type { SocketContext } from './socket-context.ts';

type Replies = Outcome<ServerFrame[]>;
type FrameRoute<T extends SocketRoute> = (
  context: SocketContext,
  frame: ClientFrame<T>,
) => Promise<Replies>;

/** What each client frame does. The replies go to the connection, the pushes to whom they name. */
export const frameRoutes: { [T in SocketRoute]: FrameRoute<T> } = {
  async hello({ service, caller }) {
    const { userId, connectionId } = caller;
    const { totalUnreadCount, groups } = await listUnread(service, userId, 'eventual');
    const shown = groupsThatFit(groups);
    const established = { userId, connectionId, totalUnreadCount, groups: shown };
    return done([{ type: 'connection_established', ...established }]);
  },

  async subscribe_group({ service, caller, endsAt }, { groupId, groupIds }) {
    const wanted = groupIds ?? [groupId ?? ''];
    return done(await subscribeGroups(service, caller, wanted, endsAt));
  },

  async unsubscribe_group({ service, caller }, { groupId }) {
    await service.connections.unsubscribe(caller, groupId);
    return done([{ type: 'unsubscription_confirmed', groupId }]);
  },

  async send_message({ service, caller }, frame) {
    return reply(await sendMessage(service, caller, frame), ({ message }) => [
      { type: 'message_sent', message },
    ]);
  },

  async mark_read({ service, caller }, frame) {
    const marked = await markMessages(service, caller, 'read', targetsOf(frame));
    return reply(marked, (groups) => groups.map(toReadConfirmation));
  },

  async mark_delivered({ service, caller }, frame) {
    const marked = await markMessages(service, caller, 'delivered', targetsOf(frame));
    return reply(marked, (groups) =>
      groups.map(({ groupId, deliveredSeq, changed }) => ({
        type: 'mark_delivered_confirmed',
        groupId,
        deliveredSeq,
        changed,
      })),
    );
  },

  async mark_played({ service, caller }, { messageId }) {
    return reply(await markPlayed(service, caller, messageId), ({ changed }) => [
      { type: 'mark_played_confirmed', messageId, changed },
    ]);
  },

  async mark_unread({ service, caller }, { groupId, fromSeq }) {
    return reply(await markUnread(service, caller, groupId, fromSeq), ({ unreadCount }) => [
      { type: 'mark_unread_confirmed', groupId, unreadCount },
    ]);
  },

  async typing({ service, caller }, { groupId }) {
    return tellTyping(service, caller, groupId);
  },

  async ping() {
    return done([{ type: 'pong' }]);
  },
};

/** API Gateway posts 128 KB at most. The total is that of all groups; `GET /me/unread` lists them. */
const mostBytesOfGroups = 100 * 1024;

/** The liveliest groups, as many as one frame carries. */
function groupsThatFit(groups: readonly GroupStatus[]): GroupStatus[] {
  let bytes = 0;
  return groups.filter((group) => {
    bytes += Buffer.byteLength(JSON.stringify(group));
    return bytes <= mostBytesOfGroups;
  });
}

function targetsOf({ groupId, upTo, messageIds, messageId }: MarkTarget): MarkRequest[] {
  if (groupId !== undefined && upTo !== undefined) return [{ groupId, upTo }];
  return requestsFor(messageIds ?? [messageId ?? '']);
}

const toReadConfirmation = ({ groupId, readSeq, unreadCount, changed }: Marked): ServerFrame => ({
  type: 'mark_read_confirmed',
  groupId,
  readSeq,
  unreadCount,
  changed,
});

const reply = <T>(outcome: Outcome<T>, toFrames: (value: T) => ServerFrame[]): Replies =>
  outcome.ok ? done(toFrames(outcome.value), outcome.pushes) : outcome;
