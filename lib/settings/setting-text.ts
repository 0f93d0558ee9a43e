import { z } from 'zod';

/** `-c name=value` always gives text; cdk.json gives JSON. Both must mean the same. */
function readText(value: unknown, wanted: z.core.$ZodType): unknown {
  if (typeof value !== 'string') return value;
  if (wanted instanceof z.ZodArray) return partsOf(value);
  if (wanted instanceof z.ZodRecord) return Object.fromEntries(partsOf(value).map(readPair));
  if (/^-?\d+$/.test(value)) return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return value;
}

const partsOf = (text: string): string[] => text.split(',').map((part) => part.trim());

/** `name=value`; a value may hold the sign too. */
function readPair(pair: string): [name: string, value: string] {
  const [name = '', ...value] = pair.split('=');
  return [name, value.join('=')];
}

/** The schema for a value that is not text, taking its text form as well. */
export function readingText<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.preprocess((value) => readText(value, schema), schema);
}
