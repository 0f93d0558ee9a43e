import * as z from 'zod/mini';
import { idSchema } from './ids/identifiers.ts';

/** Values that answers and server frames are made of. Requests have schemas of their own. */

export const timeSchema = z.int().check(z.gte(0), z.describe('Epoch milliseconds, UTC.'));

export const countSchema = z.int().check(z.gte(0));

/** The last of the messages that something is about; 0 before the first. */
export const positionSchema = z.int().check(z.gte(0), z.describe('A seq, or 0 for none.'));

export const versionSchema = z
  .int()
  .check(z.gte(0), z.describe('Version of a group’s counts: never lower for newer state.'));

export const stateVersionSchema = z
  .int()
  .check(z.gte(0), z.describe('Version of a member’s own state: never lower for newer state.'));

export const durationMsSchema = z.nullable(z.number().check(z.gte(0)));

export const nextSchema = z
  .nullable(z.string().check(z.minLength(1)))
  .check(z.describe('The cursor of the next page, or null at the end.'));

export const mentionsSchema = z.array(idSchema);

/** `true` or absent. */
export const flagSchema = z.exactOptional(z.literal(true));
