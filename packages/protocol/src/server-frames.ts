import * as z from 'zod/mini';
import {
  countRangeSchema,
  groupStatusSchema,
  messageSchema,
  ownStateFields,
  receiptSchema,
  roleSchema,
  trackingSchema,
  visibilitySchema,
} from './entities.ts';
import { problemFields } from './error-schemas.ts';
import { idSchema, messageIdSchema, seqSchema } from './ids/identifiers.ts';
import { countSchema, flagSchema, positionSchema, timeSchema, versionSchema } from './scalars.ts';

type Fields = z.core.$ZodLooseShape;

const pushed = <T extends string, F extends Fields>(type: T, fields: F) =>
  z.strictObject({ type: z.literal(type), ...fields, timestamp: timeSchema });

/** Repeats the `requestId` of the frame it answers. */
const reply = <T extends string, F extends Fields>(type: T, fields: F) =>
  pushed(type, { requestId: z.exactOptional(z.string().check(z.maxLength(64))), ...fields });

const groupId = { groupId: idSchema };
const address = { ...groupId, messageId: messageIdSchema, seq: seqSchema };

export const markReadFields = { ...ownStateFields, changed: z.boolean() };
export const markDeliveredFields = {
  ...groupId,
  deliveredSeq: positionSchema,
  changed: z.boolean(),
};
export const markUnreadFields = ownStateFields;

/** What a connection is answered with, by `type`. */
export const replySchemas = {
  connection_established: reply('connection_established', {
    userId: idSchema,
    connectionId: z.string().check(z.minLength(1)),
    totalUnreadCount: countSchema,
    groups: z.array(groupStatusSchema),
    truncated: flagSchema,
    epoch: z.exactOptional(
      z
        .string()
        .check(
          z.minLength(1),
          z.maxLength(64),
          z.describe('Of the state: with another one nothing that is known here holds.'),
        ),
    ),
  }),
  group_status: reply('group_status', {
    groups: z.array(groupStatusSchema),
    goneGroupIds: z.array(idSchema),
  }),
  subscription_confirmed: reply('subscription_confirmed', {
    ...ownStateFields,
    version: versionSchema,
  }),
  subscription_error: reply('subscription_error', { ...groupId, ...problemFields }),
  unsubscription_confirmed: reply('unsubscription_confirmed', groupId),
  message_sent: reply('message_sent', { message: messageSchema }),
  mark_read_confirmed: reply('mark_read_confirmed', markReadFields),
  mark_delivered_confirmed: reply('mark_delivered_confirmed', markDeliveredFields),
  mark_played_confirmed: reply('mark_played_confirmed', {
    messageId: messageIdSchema,
    changed: z.boolean(),
  }),
  mark_unread_confirmed: reply('mark_unread_confirmed', markUnreadFields),
  pong: reply('pong', {}),
  error: reply('error', { groupId: z.exactOptional(idSchema), ...problemFields }),
};

/** What comes without being asked for, by `type`. */
export const pushSchemas = {
  new_message: pushed('new_message', { ...groupId, message: messageSchema }),
  message_recalled: pushed('message_recalled', address),
  read_status_update: pushed('read_status_update', {
    ...groupId,
    counts: z.exactOptional(z.array(countRangeSchema)),
    version: z.exactOptional(versionSchema),
    receipts: z.exactOptional(z.array(receiptSchema)),
  }).check(
    z.refine(
      ({ counts, version }) => (counts === undefined) === (version === undefined),
      'counts come with their version',
    ),
  ),
  receipts_changed: pushed('receipts_changed', groupId),
  read_position: pushed('read_position', ownStateFields),
  group_removed: pushed('group_removed', {
    ...groupId,
    reason: z.enum(['removed', 'left', 'deleted']),
  }),
  group_changed: pushed('group_changed', {
    ...groupId,
    name: z.string(),
    tracking: trackingSchema,
    visibility: visibilitySchema,
  }),
  member_changed: pushed('member_changed', {
    ...groupId,
    userId: idSchema,
    change: z.enum(['joined', 'left', 'role']),
    role: z.exactOptional(roleSchema),
  }),
  typing_indicator: pushed('typing_indicator', { ...groupId, userId: idSchema }),
  user_status_change: pushed('user_status_change', {
    userId: idSchema,
    status: z.enum(['online', 'offline']),
  }),
  unread_reminder: pushed('unread_reminder', { ...address, fromUserId: idSchema }),
  system_notification: pushed('system_notification', {
    text: z.string(),
    groupId: z.exactOptional(idSchema),
  }),
};

/** The schema of every server frame, by its `type`. */
export const serverFrameSchemas = { ...replySchemas, ...pushSchemas };

export type ReplyType = keyof typeof replySchemas;
export type PushType = keyof typeof pushSchemas;
export type ServerFrameType = keyof typeof serverFrameSchemas;

/** A frame as it comes by the wire. Only replies have a `requestId`, as their schemas say. */
export type ReceivedServerFrame<T extends ServerFrameType = ServerFrameType> = {
  [K in T]: z.infer<(typeof serverFrameSchemas)[K]> & { requestId?: string };
}[T];

/** A frame as it stands before it is stamped and sent. */
export type ServerFrame<T extends ServerFrameType = ServerFrameType> = {
  [K in T]: Omit<ReceivedServerFrame<K>, 'timestamp'>;
}[T];

/** What a frame says, whatever transport brings it. */
export type FieldsOf<T extends ServerFrameType> = Omit<ServerFrame<T>, 'type' | 'requestId'>;
