import * as z from 'zod/mini';
import {
  idSchema,
  messageIdSchema,
  messageIdsSchema,
  rangesSchema,
  seqSchema,
} from './ids/identifiers.ts';
import { newMessageFields } from './new-message.ts';

/** Which messages to mark: exactly one of the four ways. */
const markFields = {
  groupId: z.optional(idSchema),
  upTo: z.optional(seqSchema),
  ranges: z.optional(rangesSchema),
  messageIds: z.optional(messageIdsSchema),
  messageId: z.optional(messageIdSchema),
  /** `false`: no reply where it succeeds. */
  confirm: z.optional(z.boolean()),
};

export interface MarkTarget {
  groupId?: string | undefined;
  upTo?: number | undefined;
  ranges?: { fromSeq: number; toSeq: number }[] | undefined;
  messageIds?: string[] | undefined;
  messageId?: string | undefined;
  confirm?: boolean | undefined;
}

function namesOneTarget({ groupId, upTo, ranges, messageIds, messageId }: MarkTarget): boolean {
  const given = [upTo, ranges, messageIds, messageId].filter((way) => way !== undefined);
  const isOfOneGroup = upTo !== undefined || ranges !== undefined;
  return given.length === 1 && isOfOneGroup === (groupId !== undefined);
}

const oneTarget = z.refine<MarkTarget>(
  namesOneTarget,
  'give groupId with upTo or ranges, or messageIds, or messageId, and only one of them',
);

const requestId = z.optional(z.string().check(z.maxLength(64)));

const frame = <T extends string, S extends z.core.$ZodLooseShape>(type: T, fields: S) =>
  z.strictObject({ type: z.literal(type), requestId, ...fields });

const groupIds = z
  .array(idSchema)
  .check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'takes 50 groups at most'));

/** The schema of every client frame, by its `type`. Unknown fields are refused. */
export const clientFrameSchemas = {
  hello: frame('hello', {}),
  get_status: frame('get_status', { groupIds }),
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
};

/** Every WebSocket route: the `type` of a client frame. Anything else reaches `$default`. */
export type SocketRoute = keyof typeof clientFrameSchemas;

export const socketRoutes = Object.keys(clientFrameSchemas) as SocketRoute[];

export type ClientFrame<T extends SocketRoute = SocketRoute> = z.output<
  (typeof clientFrameSchemas)[T]
>;
