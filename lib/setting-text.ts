import { z } from 'zod';

/** `-c name=value` always gives text; cdk.json gives JSON. Both must mean the same. */
function readText(value: unknown, wanted: z.core.$ZodType): unknown {
  if (typeof value !== 'string') return value;
  if (wanted instanceof z.ZodArray) return value.split(',').map((part) => part.trim());
  if (/^-?\d+$/.test(value)) return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return value;
}

/** The schema for a value that is not text, taking its text form as well. */
export function readingText<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.preprocess((value) => readText(value, schema), schema);
}
