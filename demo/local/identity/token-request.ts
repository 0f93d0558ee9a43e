import { z } from 'zod';

const thirtyDaysSeconds = 30 * 24 * 60 * 60;

/**
 * The body of `POST /dev/token`. Zero or fewer seconds make a token that has already run out; `service` makes
 * one of a backend, which needs no user.
 */
export const tokenRequest = z
  .strictObject({
    userId: z
      .string()
      .regex(/^[A-Za-z0-9_.@|:+=~!$-]{1,128}$/)
      .optional(),
    name: z.string().min(1).max(128).optional(),
    picture: z
      .url({ protocol: /^https$/ })
      .max(1024)
      .optional(),
    expiresInSeconds: z.int().min(-thirtyDaysSeconds).max(thirtyDaysSeconds).optional(),
    service: z.literal(true).optional(),
  })
  .refine(({ userId, service }) => userId !== undefined || service, {
    path: ['userId'],
    message: 'is required',
  });

export type TokenRequest = z.infer<typeof tokenRequest>;
