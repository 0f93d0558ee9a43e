import type * as z from 'zod/mini';
import { clientFrameSchemas, type SocketRoute, socketRoutes } from './client-frames.ts';
import { type PushType, pushSchemas, type ReplyType, replySchemas } from './server-frames.ts';

interface Described {
  about: string;
  /** The types of the direct replies, one of which comes for each group; none for `typing`. */
  replies: readonly ReplyType[];
}

/** Any frame may be answered with `error` instead. */
const described = {
  hello: {
    about: 'Asks how the caller and their groups stand.',
    replies: ['connection_established'],
  },
  get_status: { about: 'Asks how some groups stand.', replies: ['group_status'] },
  subscribe_group: {
    about: 'Opens groups: from now on their counts are pushed. One reply for each group.',
    replies: ['subscription_confirmed', 'subscription_error'],
  },
  unsubscribe_group: { about: 'Closes a group.', replies: ['unsubscription_confirmed'] },
  send_message: { about: 'Sends a message.', replies: ['message_sent'] },
  mark_read: {
    about:
      'Marks messages as read. One reply for each group; with `confirm` false only where it is refused.',
    replies: ['mark_read_confirmed'],
  },
  mark_delivered: {
    about:
      'Marks messages as delivered. One reply for each group; with `confirm` false only where it is refused.',
    replies: ['mark_delivered_confirmed'],
  },
  mark_played: {
    about: 'Marks a voice or video message as played.',
    replies: ['mark_played_confirmed'],
  },
  mark_unread: {
    about: 'Puts the caller’s own badge back to a message.',
    replies: ['mark_unread_confirmed'],
  },
  typing: { about: 'Tells others that the caller is writing.', replies: [] },
  ping: { about: 'Keeps the connection open.', replies: ['pong'] },
} as const satisfies Record<SocketRoute, Described>;

/** To whom each push goes. */
const recipients: Record<PushType, string> = {
  new_message: 'Every connection of the group’s members, the sender’s included.',
  message_recalled: 'Every connection of the members.',
  read_status_update:
    'With receipts, at once: every connection of the authors of the messages just read or played, and in small groups every subscribed connection that may see receipts, deliveries included. With counts: subscribed connections that may see them.',
  receipts_changed:
    'Subscribed connections that see other receipts than before, or that counts did not reach in time: ask for them anew.',
  read_position: 'The reader’s own other connections.',
  group_removed: 'Every connection of whoever is no longer in the group.',
  group_changed: 'Every connection of the members: settings have changed, or many have joined.',
  member_changed: 'Every connection of the members.',
  typing_indicator: 'Other connections subscribed to the group.',
  user_status_change: 'Subscribed connections of shared groups, where presence is on.',
  unread_reminder:
    'Every connection of the members that a reminder is for, who have not read the message.',
  system_notification:
    'Every connection of the members, or of some of them, whom a backend tells something.',
};

/** The direct replies to a frame, less `error`. */
export type ReplyTo<T extends SocketRoute> = (typeof described)[T]['replies'][number];

export interface ClientFrameDescription extends Described {
  type: SocketRoute;
  schema: z.ZodMiniType;
}

export interface ServerFrameDescription {
  type: ReplyType | PushType;
  schema: z.ZodMiniType;
  about: string;
}

/** Every frame that a client may send, with what answers it. */
export const clientFrameTable: readonly ClientFrameDescription[] = socketRoutes.map((type) => ({
  type,
  schema: clientFrameSchemas[type],
  ...described[type],
}));

export const replyTable: readonly ServerFrameDescription[] = typesOf(replySchemas).map((type) => ({
  type,
  schema: replySchemas[type],
  about: `Answers ${answeredBy(type)}.`,
}));

export const pushTable: readonly ServerFrameDescription[] = typesOf(pushSchemas).map((type) => ({
  type,
  schema: pushSchemas[type],
  about: recipients[type],
}));

function typesOf<T extends object>(schemas: T): (keyof T)[] {
  return Object.keys(schemas) as (keyof T)[];
}

function answeredBy(reply: ReplyType): string {
  const frames = clientFrameTable.filter(({ replies }) => replies.includes(reply));
  return frames.length > 0 ? frames.map(({ type }) => type).join(', ') : 'whatever fails';
}
