import * as z from 'zod/mini';

/**
 * Half of a surrogate pair, as of an emoji that was cut, is no character: databases, logs and other systems make
 * different things of it, or refuse it. Everybody gets the sign for a broken character instead, as in UTF-8.
 */
export const wellFormed = z.overwrite((text: string) => text.toWellFormed());

/** The same in all texts and keys of a JSON value. */
export function wellFormedJson(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormedJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.toWellFormed(), wellFormedJson(each)]),
  );
}
