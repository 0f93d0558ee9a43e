import { expect, it } from 'vitest';
import { Dwell } from '../../../packages/client/src/read-state/dwell.ts';

it('tells of a message once it has been in view for half a second, and once per stay', () => {
  const dwell = new Dwell();
  expect(dwell.nextDueAt).toBeUndefined();
  dwell.see([1, 2], 1000);
  expect(dwell.nextDueAt).toBe(1500);
  expect(dwell.takeDue(1499)).toEqual([]);
  dwell.see([2, 3], 1400);
  expect(dwell.nextDueAt).toBe(1500);
  expect(dwell.takeDue(1500)).toEqual([2]);
  expect(dwell.nextDueAt).toBe(1900);
  expect(dwell.takeDue(1899)).toEqual([]);
  expect(dwell.takeDue(1900)).toEqual([3]);
  expect(dwell.takeDue(9000)).toEqual([]);
  expect(dwell.nextDueAt).toBeUndefined();
});

it('begins anew with a message that has been away', () => {
  const dwell = new Dwell();
  dwell.see([1], 0);
  expect(dwell.takeDue(500)).toEqual([1]);
  dwell.see([], 600);
  dwell.see([1], 700);
  expect(dwell.takeDue(1199)).toEqual([]);
  expect(dwell.takeDue(1200)).toEqual([1]);
});
