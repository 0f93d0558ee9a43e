import { chunks } from '@seenby/core/chunks.ts';
import { expect, it } from 'vitest';

it.each([
  [[], []],
  [[1], [[1]]],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3, 4, 5],
    [[1, 2], [3, 4], [5]],
  ],
])('%j in twos are %j', (items, expected) => {
  expect(chunks(items, 2)).toEqual(expected);
});
