import * as z from 'zod/mini';
import { messageSchema, receiptSchema, roleSchema } from '../entities.ts';
import { idSchema, messageIdSchema, seqSchema } from '../ids/identifiers.ts';
import { timeSchema } from '../scalars.ts';
import { named } from '../schemas/named.ts';

/**
 * Events for other systems: on the EventBridge bus as `detail-type` and `detail`, in a webhook as `type` and `detail`.
 * Anything may come more than once, and in another order. New fields may be added to a version.
 */

/** In `message.sent` those who are not connected are named in groups of as many members at most. */
export const maxMembersNamed = 500;
/** `message.reminded` names as many members at most; of more there are several events. */
export const maxRemindedNamed = 500;

const version = z.literal(1);
const notConnected = z
  .array(idSchema)
  .check(z.describe('Who of them had no connection when the event was made.'));

const messageSent = named(
  'MessageSent',
  z.strictObject({
    version,
    message: messageSchema,
    notConnected: z.exactOptional(
      z
        .array(idSchema)
        .check(
          z.describe(
            `The members, without the sender, who had no connection when the event was made. Absent in groups of more than ${maxMembersNamed} members.`,
          ),
        ),
    ),
  }),
  'A message was stored.',
);

const messageRead = named(
  'MessageRead',
  z.strictObject({ version, groupId: idSchema, receipts: z.array(receiptSchema) }),
  'What was read or played in a group within a second or so.',
);

const messageReminded = named(
  'MessageReminded',
  z.strictObject({
    version,
    groupId: idSchema,
    messageId: messageIdSchema,
    seq: seqSchema,
    fromUserId: idSchema,
    userIds: z
      .array(idSchema)
      .check(z.describe(`Who is reminded: ${maxRemindedNamed} at most in an event.`)),
    notConnected,
  }),
  'Members were asked to read a message.',
);

const memberChanged = named(
  'MemberChanged',
  z.strictObject({
    version,
    groupId: idSchema,
    userId: idSchema,
    change: z.enum(['joined', 'left', 'role']),
    role: roleSchema,
  }),
  'Somebody joined or left a group, or has another role.',
);

/** The detail of each event, by its type. */
export const eventDetailSchemas = {
  'message.sent': messageSent,
  'message.read': messageRead,
  'message.reminded': messageReminded,
  'member.changed': memberChanged,
};

export type EventType = keyof typeof eventDetailSchemas;
export type EventDetails = { [T in EventType]: z.infer<(typeof eventDetailSchemas)[T]> };

/** An event as it is published. */
export type ServiceEvent = { [T in EventType]: { type: T; detail: EventDetails[T] } }[EventType];

const webhookEvent = <T extends EventType>(type: T) =>
  z.strictObject({
    id: z.string().check(z.describe('The same each time this event is sent.')),
    type: z.literal(type),
    at: timeSchema.check(z.describe('When it was published, to the second.')),
    detail: eventDetailSchemas[type],
  });

/** The body of a webhook request. */
export const seenbyEventSchema = named(
  'SeenbyEvent',
  z.union([
    webhookEvent('message.sent'),
    webhookEvent('message.read'),
    webhookEvent('message.reminded'),
    webhookEvent('member.changed'),
  ]),
  'An event as a webhook brings it.',
);

export type MessageSent = EventDetails['message.sent'];
export type MessageRead = EventDetails['message.read'];
export type MessageReminded = EventDetails['message.reminded'];
export type MemberChanged = EventDetails['member.changed'];
export type SeenbyEvent = z.infer<typeof seenbyEventSchema>;
