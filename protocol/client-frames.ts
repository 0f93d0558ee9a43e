import * as z from 'zod/mini';
import { messageTypes } from './entities.ts';
import { idSchema, messageIdSchema, messageIdsSchema, seqSchema } from './identifiers.ts';
import type { SocketRoute } from './routes.ts';

const maxContentBytes = 8 * 1024;
const content = z
  .string()
  .check(
    z.refine((text) => new TextEncoder().encode(text).length <= maxContentBytes, 'is over 8 KB'),
  );

/** What a message is made of, on both transports. */
export const newMessageFields = {
  clientMessageId: idSchema,
  content,
  messageType: z._default(z.enum(messageTypes), 'text'),
  mentions: z.optional(z.array(idSchema).check(z.maxLength(50, 'takes 50 users at most'))),
};

/** Which messages to mark: exactly one of the three ways. */
const markFields = {
  groupId: z.optional(idSchema),
  upTo: z.optional(seqSchema),
  messageIds: z.optional(messageIdsSchema),
  messageId: z.optional(messageIdSchema),
};

export interface MarkTarget {
  groupId?: string | undefined;
  upTo?: number | undefined;
  messageIds?: string[] | undefined;
  messageId?: string | undefined;
}

function namesOneTarget({ groupId, upTo, messageIds, messageId }: MarkTarget): boolean {
  const byPosition = groupId !== undefined || upTo !== undefined;
  if (byPosition && (groupId === undefined || upTo === undefined)) return false;
  return (
    [byPosition, messageIds !== undefined, messageId !== undefined].filter(Boolean).length === 1
  );
}

const oneTarget = z.refine<MarkTarget>(
  namesOneTarget,
  'give groupId with upTo, or messageIds, or messageId, and only one of them',
);

const requestId = z.optional(z.string().check(z.maxLength(64)));

const frame = <T extends SocketRoute, S extends z.core.$ZodLooseShape>(type: T, fields: S) =>
  z.strictObject({ type: z.literal(type), requestId, ...fields });

const groupIds = z
  .array(idSchema)
  .check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'takes 50 groups at most'));

/** The schema of every client frame, by its `type`. Unknown fields are refused. */
export const clientFrameSchemas = {
  hello: frame('hello', {}),
  subscribe_group: frame('subscribe_group', {
    groupId: z.optional(idSchema),
    groupIds: z.optional(groupIds),
  }).check(
    z.refine(
      (f) => (f.groupId === undefined) !== (f.groupIds === undefined),
      'give either groupId or groupIds',
    ),
  ),
  unsubscribe_group: frame('unsubscribe_group', { groupId: idSchema }),
  send_message: frame('send_message', { groupId: idSchema, ...newMessageFields }),
  mark_read: frame('mark_read', markFields).check(oneTarget),
  mark_delivered: frame('mark_delivered', markFields).check(oneTarget),
  mark_played: frame('mark_played', { messageId: messageIdSchema }),
  mark_unread: frame('mark_unread', { groupId: idSchema, fromSeq: seqSchema }),
  typing: frame('typing', { groupId: idSchema }),
  ping: frame('ping', {}),
} satisfies Record<SocketRoute, z.core.$ZodType>;

export type ClientFrame<T extends SocketRoute = SocketRoute> = z.output<
  (typeof clientFrameSchemas)[T]
>;
