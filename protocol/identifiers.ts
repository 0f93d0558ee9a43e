import * as z from 'zod/mini';

/** Group, user and client message ids. */
export const idSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must match ^[A-Za-z0-9_-]{1,64}$'));

/** Place of a message in its group: a dense integer that starts at 1. */
export const seqSchema = z.int('must be an integer').check(z.gte(1, 'must be at least 1'));

/** `<groupId>.<seq>`: opaque to clients, read by the server without a lookup. */
export const messageIdSchema = z.string().check(
  z.regex(/^[A-Za-z0-9_-]{1,64}\.[1-9][0-9]{0,15}$/, 'is not a message id'),
  z.refine((text) => Number.isSafeInteger(fromMessageId(text).seq), 'is not a message id'),
);

/** One list for a batch of ids; longer ones are answered with TOO_MANY. */
export const messageIdsSchema = z
  .array(messageIdSchema)
  .check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'takes 100 ids at most'));

export interface MessageAddress {
  groupId: string;
  seq: number;
}

export const toMessageId = ({ groupId, seq }: MessageAddress): string => `${groupId}.${seq}`;

/** Takes what `messageIdSchema` accepts. */
export function fromMessageId(messageId: string): MessageAddress {
  const dot = messageId.lastIndexOf('.');
  return { groupId: messageId.slice(0, dot), seq: Number(messageId.slice(dot + 1)) };
}
