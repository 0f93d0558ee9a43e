import * as z from 'zod/mini';
import { type ErrorAnswer, type ErrorCode, statusOfCode } from './errors.ts';

const codes = Object.keys(statusOfCode) as ErrorCode[];

const errorCodeSchema = z.enum(codes).register(z.globalRegistry, { id: 'ErrorCode' });

export const problemFields = {
  code: errorCodeSchema,
  message: z.string().check(z.minLength(1)),
  retryAfterMs: z.exactOptional(z.int().check(z.gte(0))),
};

export const problemSchema = z
  .strictObject(problemFields)
  .register(z.globalRegistry, { id: 'Problem', description: 'Why something was refused.' });

export const errorAnswerSchema = z
  .strictObject({ error: problemSchema })
  .register(z.globalRegistry, { id: 'ErrorAnswer' }) satisfies z.ZodMiniType<ErrorAnswer>;
