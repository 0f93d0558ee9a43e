import { expect, it } from 'vitest';
import { createKeyFilter } from '../../src/page/key-filter.ts';

it.each([
  [[], [], 'a.txt', true],
  [['*'], [], 'a/b.txt', false],
  [['*'], ['a/*'], 'a/b/c.txt', true],
  [['*'], ['a/*'], 'b/a/c.txt', false],
  [['a/*'], [], 'b.txt', true],
  [['?.txt'], [], 'a.txt', false],
  [['?.txt'], [], 'ab.txt', true],
  [['[!ab].txt'], [], 'a.txt', true],
  [['[!ab].txt'], [], 'c.txt', false],
  [['a.txt'], [], 'abtxt', true],
] as const)('exclude %j, include %j: %s is %s', (exclude, include, key, isTaken) => {
  expect(createKeyFilter(exclude, include)(key)).toBe(isTaken);
});
