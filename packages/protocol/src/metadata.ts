import * as z from 'zod/mini';
import { wellFormedJson } from './schemas/well-formed.ts';

export const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

const maxBytes = 1024;

/** Undefined for what is nested so deeply that it cannot be written. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSmall(value: unknown): boolean {
  const text = textOf(value);
  return text !== undefined && bytesIn(text) <= maxBytes;
}

function namesPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(namesPrototype);
}

/**
 * Any JSON object that an app puts beside the content of a message. It is parsed a second time: what JSON
 * cannot write, as 1e999, and what is no character, is then what every reader gets of it. A key that programs take for the prototype
 * of an object is refused, however deep it stands.
 */
export const newMetadataSchema = z.pipe(
  z
    .unknown()
    .check(
      z.refine(isObject, { error: 'must be a JSON object', abort: true }),
      z.refine(isSmall, { error: 'is over 1 KB', abort: true }),
      z.refine((value) => !namesPrototype(value), 'must not have a key __proto__'),
    )
    .register(z.globalRegistry, { type: 'object', description: 'A JSON object of up to 1 KB.' }),
  z.transform(
    (value): Record<string, unknown> => JSON.parse(JSON.stringify(wellFormedJson(value))),
  ),
);
