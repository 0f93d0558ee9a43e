import * as z from 'zod/mini';
import { wellFormed } from './schemas/well-formed.ts';

const maxPictureCharacters = 1024;

/** What people and groups are called. */
export const nameSchema = z
  .string()
  .check(wellFormed, z.minLength(1, 'must not be empty'), z.maxLength(100));

/** Printable ASCII alone, as addresses are written: nothing that a page could take for something else. */
export const pictureSchema = z.string().check(
  z.maxLength(maxPictureCharacters, 'is over 1 KB'),
  z.regex(/^https:\/\/[!#-;=?-~]+$/, 'must be an https address'),
  z.refine((text) => URL.canParse(text), 'must be an https address'),
);

/** How a user is shown to others; without anything, as their tokens say. */
export const profileFields = {
  name: z.optional(nameSchema),
  picture: z.optional(pictureSchema),
};
