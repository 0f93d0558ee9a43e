import { z } from 'zod';
import { idSchema } from '../protocol/identifiers.ts';

const name = z.string().min(1).max(100);
const percentage = z.int().min(0).max(100);

export const welcomeSchema = z.strictObject({ userId: idSchema, name: name.optional() });

export const crowdSchema = z
  .strictObject({
    ownerId: idSchema,
    readerId: idSchema,
    members: z.int().min(5).max(500),
    fast: percentage,
    slow: percentage,
    offline: percentage,
    name: name.optional(),
    /** Whether the members write as well. */
    chatty: z.boolean().default(false),
  })
  .refine(({ fast, slow, offline }) => fast + slow + offline === 100, {
    message: 'fast, slow and offline must add to 100',
  });

export type WelcomeRequest = z.infer<typeof welcomeSchema>;
export type CrowdRequest = z.infer<typeof crowdSchema>;
