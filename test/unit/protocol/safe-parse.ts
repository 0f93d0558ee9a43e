import * as z from 'zod/mini';

/** What a schema says of an input: `accepted`, or the code and place of each complaint. */
export function verdictOn(schema: z.core.$ZodType, input: unknown): string[] {
  const result = z.safeParse(schema, input);
  if (result.success) return ['accepted'];
  return result.error.issues.map(({ code, path }) => [code, ...path].join(' '));
}

export const accepted = ['accepted'];

export const accepts = (schema: z.core.$ZodType, input: unknown): boolean =>
  z.safeParse(schema, input).success;
