import * as z from 'zod/mini';
import {
  groupKinds,
  keptTrackings,
  messageStatuses,
  messageTypes,
  receiptKinds,
  receiptStates,
  roles,
  visibilities,
} from './enums.ts';
import { idSchema, messageIdSchema, seqSchema } from './ids/identifiers.ts';
import {
  countSchema,
  flagSchema,
  mentionsSchema,
  nextSchema,
  positionSchema,
  stateVersionSchema,
  timeSchema,
  versionSchema,
} from './scalars.ts';
import { named } from './schemas/named.ts';

/**
 * What both transports carry. Each entity is registered under its name, by which the generated
 * documents and the published types of the SDK know it. Ranges include both ends.
 */

export const messageTypeSchema = named('MessageType', z.enum(messageTypes));
export const roleSchema = named('Role', z.enum(roles));
export const trackingSchema = named('Tracking', z.enum(keptTrackings), 'What a group does.');
export const visibilitySchema = named('Visibility', z.enum(visibilities));
export const groupKindSchema = named('GroupKind', z.enum(groupKinds));
export const receiptKindSchema = named('ReceiptKind', z.enum(receiptKinds));
export const messageStatusSchema = named('MessageStatus', z.enum(messageStatuses));
export const receiptStateSchema = named('ReceiptState', z.enum(receiptStates));

const messageFields = {
  messageId: messageIdSchema,
  groupId: idSchema,
  seq: seqSchema,
  senderId: z.string().check(z.maxLength(128), z.describe('Empty where nobody knows it any more.')),
  messageType: messageTypeSchema,
  content: z.string(),
  createdAt: timeSchema,
  clientMessageId: idSchema,
  mentions: z.exactOptional(mentionsSchema),
  metadata: z.exactOptional(
    z
      .record(z.string(), z.unknown())
      .check(z.describe('What the app of the sender put beside the content.')),
  ),
  recalled: flagSchema,
  lost: z.exactOptional(
    z.literal(true).check(z.describe('A seq that never became a message: not shown, not counted.')),
  ),
};
export const messageSchema = named('Message', z.strictObject(messageFields));

const countFields = {
  readCount: countSchema,
  deliveredCount: countSchema,
  unreadCount: countSchema,
  totalCount: countSchema,
};
export const countsSchema = named(
  'Counts',
  z.strictObject(countFields),
  "How many of a message's audience have read it and have it.",
);

export const countRangeSchema = named(
  'CountRange',
  z.strictObject({ fromSeq: seqSchema, toSeq: seqSchema, ...countFields }),
  'The same counts for every seq of the range.',
);

export const rangeSchema = named(
  'SeqRange',
  z.strictObject({ fromSeq: seqSchema, toSeq: seqSchema }),
  'Messages that follow each other.',
);

export const receiptSchema = named(
  'Receipt',
  z.strictObject({
    userId: idSchema,
    kind: receiptKindSchema,
    fromSeq: seqSchema,
    toSeq: seqSchema,
    at: timeSchema,
  }),
);

export const lastMessageSchema = named(
  'LastMessage',
  z.strictObject({
    messageId: messageIdSchema,
    seq: seqSchema,
    senderId: messageFields.senderId,
    messageType: messageTypeSchema,
    content: z.string().check(z.maxLength(100)),
    createdAt: timeSchema,
    recalled: flagSchema,
  }),
  'The newest message of a group; long text is cut to 100 characters.',
);

export const ownStateFields = {
  groupId: idSchema,
  readSeq: positionSchema,
  unreadCount: countSchema,
  mentionCount: countSchema,
  lastSeq: positionSchema,
  stateVersion: stateVersionSchema,
};
export const ownStateSchema = named(
  'OwnState',
  z.strictObject(ownStateFields),
  'Where a member stands in a group. One with a lower version is older than what is known.',
);

export const reminderSchema = named(
  'Reminder',
  z.strictObject({ seq: seqSchema, fromUserId: idSchema, at: timeSchema }),
  'Somebody asked for a message to be read.',
);

export const groupStatusFields = {
  ...ownStateFields,
  name: z.string(),
  role: roleSchema,
  tracking: trackingSchema,
  visibility: visibilitySchema,
  lastMessage: z.exactOptional(lastMessageSchema),
  reminders: z.exactOptional(
    z
      .array(reminderSchema)
      .check(z.describe('For the member, of messages that they have not read.')),
  ),
};
export const groupStatusSchema = named('GroupStatus', z.strictObject(groupStatusFields));

export const groupSchema = named(
  'Group',
  z.strictObject({
    groupId: idSchema,
    name: z.string(),
    kind: groupKindSchema,
    tracking: trackingSchema,
    visibility: visibilitySchema,
    historyForNewMembers: countSchema,
    memberCount: countSchema,
    lastSeq: positionSchema,
    createdAt: timeSchema,
    role: roleSchema,
  }),
);

/** How a user is shown to others. */
export const shownProfileFields = {
  name: z.exactOptional(z.string()),
  picture: z.exactOptional(z.string().check(z.describe('An https address.'))),
};
export const profileSchema = named('Profile', z.strictObject(shownProfileFields));

export const memberSchema = named(
  'Member',
  z.strictObject({
    userId: idSchema,
    ...shownProfileFields,
    role: roleSchema,
    joinedAt: timeSchema,
  }),
);

export const memberPageSchema = named(
  'MemberPage',
  z.strictObject({ members: z.array(memberSchema), next: nextSchema }),
);

export const memberPositionSchema = named(
  'MemberPosition',
  z.strictObject({
    userId: idSchema,
    ...shownProfileFields,
    readSeq: positionSchema,
    deliveredSeq: positionSchema,
    lastReadAt: z.exactOptional(
      timeSchema.check(
        z.describe('When they last read or played something that the caller may know of.'),
      ),
    ),
  }),
  'Up to where a member has read and received the messages that the caller may see.',
);

export const positionPageSchema = named(
  'PositionPage',
  z.strictObject({
    version: versionSchema,
    members: z.array(memberPositionSchema),
    next: nextSchema,
  }),
);

export const receiptLineSchema = named(
  'ReceiptLine',
  z.strictObject({
    userId: idSchema,
    ...shownProfileFields,
    isSender: flagSchema,
    deliveredAt: z.nullable(timeSchema),
    readAt: z.nullable(timeSchema),
    playedAt: z.exactOptional(z.nullable(timeSchema)),
    withoutTime: z.exactOptional(
      receiptKindSchema.check(
        z.describe(
          "What the member did at a time that is nobody's to know: while tracking was positions.",
        ),
      ),
    ),
    left: flagSchema,
  }),
  "One line of a message's receipt list. A time is null while the member has not done it.",
);

export const receiptPageSchema = named(
  'ReceiptPage',
  z.strictObject({
    seq: seqSchema,
    ...countFields,
    status: messageStatusSchema,
    members: z.array(receiptLineSchema),
    next: nextSchema,
  }),
);

/** A message of the history: with counts where the caller may see them, all or none. */
export const countedMessageSchema = named(
  'CountedMessage',
  z.strictObject({
    ...messageFields,
    readCount: z.exactOptional(countSchema),
    deliveredCount: z.exactOptional(countSchema),
    unreadCount: z.exactOptional(countSchema),
    totalCount: z.exactOptional(countSchema),
  }),
  'A message, with counts where the caller may see them.',
);

export type Message = z.infer<typeof messageSchema>;
export type Counts = z.infer<typeof countsSchema>;
export type CountRange = z.infer<typeof countRangeSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
export type LastMessage = z.infer<typeof lastMessageSchema>;
export type OwnState = z.infer<typeof ownStateSchema>;
export type Reminder = z.infer<typeof reminderSchema>;
export type GroupStatus = z.infer<typeof groupStatusSchema>;
export type Group = z.infer<typeof groupSchema>;
export type Profile = z.infer<typeof profileSchema>;
export type Member = z.infer<typeof memberSchema>;
export type MemberPage = z.infer<typeof memberPageSchema>;
export type MemberPosition = z.infer<typeof memberPositionSchema>;
export type PositionPage = z.infer<typeof positionPageSchema>;
export type ReceiptLine = z.infer<typeof receiptLineSchema>;
export type ReceiptPage = z.infer<typeof receiptPageSchema>;
export type CountedMessage = z.infer<typeof countedMessageSchema>;
export type {
  GroupKind,
  MessageStatus,
  MessageType,
  ReceiptKind,
  ReceiptState,
  Role,
  Tracking,
  Visibility,
} from './enums.ts';
