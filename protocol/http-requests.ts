import * as z from 'zod/mini';
import { newMessageFields } from './client-frames.ts';
import { groupKinds, roles, trackings, visibilities } from './entities.ts';
import { idSchema, messageIdsSchema, seqSchema } from './identifiers.ts';

const name = z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(100));

const memberIds = (most: number) =>
  z.array(idSchema).check(z.maxLength(most, `takes ${most} users at most`));

/** A whole number from a query string. */
const wholeNumber = (least: number, most: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^[0-9]{1,16}$/, 'must be a whole number')),
      z.transform(Number),
    ),
    z
      .int()
      .check(z.gte(least, `must be at least ${least}`), z.lte(most, `must be at most ${most}`)),
  );

const seqInText = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const timeInText = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const cursor = z.optional(z.string().check(z.maxLength(4096)));

export const createGroupSchema = z.strictObject({
  groupId: z.optional(idSchema),
  name,
  memberIds: memberIds(5000),
  kind: z._default(z.enum(groupKinds), 'group'),
  tracking: z._default(z.enum(trackings), 'auto'),
  visibility: z._default(z.enum(visibilities), 'members'),
  historyForNewMembers: z._default(z.int().check(z.gte(0), z.lte(10_000)), 100),
});

export const updateGroupSchema = z
  .strictObject({
    name: z.optional(name),
    tracking: z.optional(z.enum(trackings)),
    visibility: z.optional(z.enum(visibilities)),
  })
  .check(z.refine((b) => Object.keys(b).length > 0, 'give at least one setting'));

export const addMembersSchema = z.strictObject({
  memberIds: memberIds(5000).check(z.minLength(1, 'must not be empty')),
  role: z._default(z.enum(['admin', 'member']), 'member'),
});

export const changeRoleSchema = z.strictObject({ role: z.enum(roles) });

export const listMembersQuerySchema = z.strictObject({
  limit: z.optional(wholeNumber(1, 500)),
  cursor,
});

export const sendMessageSchema = z.strictObject(newMessageFields);

export const historyQuerySchema = z
  .strictObject({
    before: z.optional(seqInText),
    after: z.optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(wholeNumber(1, 100)),
  })
  .check(
    z.refine(
      (q) => q.before === undefined || q.after === undefined,
      'give before or after, not both',
    ),
  );

export const markSchema = z
  .strictObject({ upTo: z.optional(seqSchema), messageIds: z.optional(messageIdsSchema) })
  .check(
    z.refine(
      (b) => (b.upTo === undefined) !== (b.messageIds === undefined),
      'give upTo or messageIds',
    ),
  );

export const markUnreadSchema = z.strictObject({ fromSeq: seqSchema });

export const markManySchema = z
  .strictObject({
    positions: z.optional(
      z
        .array(z.strictObject({ groupId: idSchema, upTo: seqSchema }))
        .check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'takes 100 groups at most')),
    ),
    messageIds: z.optional(messageIdsSchema),
  })
  .check(
    z.refine(
      (b) => (b.positions === undefined) !== (b.messageIds === undefined),
      'give positions or messageIds',
    ),
  );

export const countsQuerySchema = z.strictObject({ from: seqInText, to: seqInText }).check(
  z.refine((q) => q.to >= q.from, 'to must not be below from'),
  z.refine((q) => q.to - q.from < 1000, 'a range holds 1000 messages at most'),
);

export const receiptListQuerySchema = z.strictObject({
  state: z.optional(z.enum(['read', 'unread', 'delivered'])),
  cursor,
  limit: z.optional(wholeNumber(1, 500)),
});

export const statsQuerySchema = z.strictObject({
  from: z.optional(timeInText),
  to: z.optional(timeInText),
});

export const syncQuerySchema = z.strictObject({
  since: z.optional(z.string().check(z.maxLength(8192))),
});

export const nothingSchema = z.strictObject({});

export const settingsSchema = z.strictObject({ readReceipts: z.boolean() });

/** Path parameters; a route names the ones it has. */
export const pathSchemas = { groupId: idSchema, userId: idSchema, seq: seqInText };
