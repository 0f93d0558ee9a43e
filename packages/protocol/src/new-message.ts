import * as z from 'zod/mini';
import { messageTypes } from './enums.ts';
import { idSchema } from './ids/identifiers.ts';
import { bytesIn, newMetadataSchema } from './metadata.ts';
import { wellFormed } from './schemas/well-formed.ts';

const maxContentBytes = 8 * 1024;
const content = z.string().check(
  wellFormed,
  z.refine((text) => bytesIn(text) <= maxContentBytes, 'is over 8 KB'),
);

/** What a message is made of, on both transports. */
export const newMessageFields = {
  clientMessageId: idSchema,
  content,
  messageType: z._default(z.enum(messageTypes), 'text'),
  mentions: z.optional(z.array(idSchema).check(z.maxLength(50, 'takes 50 users at most'))),
  metadata: z.optional(newMetadataSchema),
};
