import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Compares quickly, and explains slowly. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  expect(actual, what).toStrictEqual(expected);
  throw new Error(`${what}: not the same`);
}
