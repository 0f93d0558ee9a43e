import type { SocketRoute } from '@seenby/protocol/client-frames.ts';
import { seqOfAnother, type World } from './world.ts';

/** What is expected of a frame. Every member may send each, and who is no member gets NOT_FOUND. */
export interface FrameRule {
  fields?: (world: World, userId: string) => object;
  /** It names no group, or a group that the caller is not in is left out of the answer. */
  isForEverybody?: true;
}

const ofGroup = ({ groupId }: World) => ({ groupId });
const another = (world: World, userId: string) => seqOfAnother(world, userId);
let messages = 0;

/** The rule of every client frame: one without an entry is refused by the type and by the test. */
export const frameRules: Record<SocketRoute, FrameRule> = {
  hello: { isForEverybody: true },
  get_status: { fields: ({ groupId }) => ({ groupIds: [groupId] }), isForEverybody: true },
  subscribe_group: { fields: ofGroup },
  unsubscribe_group: { fields: ofGroup, isForEverybody: true },
  send_message: {
    fields: ({ groupId }) => ({ groupId, clientMessageId: `f-${++messages}`, content: 'Hello' }),
  },
  mark_read: {
    fields: (world, userId) => ({ messageIds: [`${world.groupId}.${another(world, userId)}`] }),
  },
  mark_delivered: { fields: ({ groupId }) => ({ groupId, upTo: 1 }) },
  mark_played: {
    fields: (world, userId) => ({ messageId: `${world.groupId}.${another(world, userId)}` }),
  },
  mark_unread: { fields: ({ groupId }) => ({ groupId, fromSeq: 1 }) },
  typing: { fields: ofGroup },
  ping: { isForEverybody: true },
};
