import * as z from 'zod/mini';
import { fromMessageId } from './message-id.ts';

/** What ids of OpenID Connect providers, of Matrix and of other chats are made of. */
const pattern = '[A-Za-z0-9_.@|:+=~!$-]{1,128}';

/** Group, user and client message ids. */
export const idSchema = z
  .string()
  .check(z.regex(new RegExp(`^${pattern}$`), `must match ^${pattern}$`));

/** Place of a message in its group: a dense integer that starts at 1. */
export const seqSchema = z.int('must be an integer').check(z.gte(1, 'must be at least 1'));

/** `<groupId>.<seq>`: opaque to clients, read by the server without a lookup. */
export const messageIdSchema = z.string().check(
  z.regex(new RegExp(`^${pattern}\\.[1-9][0-9]{0,15}$`), 'is not a message id'),
  z.refine((text) => Number.isSafeInteger(fromMessageId(text).seq), 'is not a message id'),
);

/** Messages that follow each other, in a request. */
const markedRangeSchema = z
  .strictObject({ fromSeq: seqSchema, toSeq: seqSchema })
  .check(z.refine(({ fromSeq, toSeq }) => fromSeq <= toSeq, 'toSeq must not be below fromSeq'));

/** Messages of one group, wherever they stand; more ranges are answered with TOO_MANY. */
export const rangesSchema = z
  .array(markedRangeSchema)
  .check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'takes 50 ranges at most'));

/** One list for a batch of ids; longer ones are answered with TOO_MANY. */
export const messageIdsSchema = z
  .array(messageIdSchema)
  .check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'takes 100 ids at most'));
