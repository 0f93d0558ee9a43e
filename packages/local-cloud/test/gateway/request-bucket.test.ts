import { expect, it } from 'vitest';
import { createRequestBucket } from '../../src/gateway/request-bucket.ts';
import { ManualClock } from '../manual-clock.ts';

it('grants the burst at once, and then so many a second', () => {
  const clock = new ManualClock();
  const grants = createRequestBucket({ perSecond: 100, burst: 5 }, clock);
  const taken = (asked: number): number =>
    Array.from({ length: asked }, grants).filter(Boolean).length;
  expect(taken(8)).toBe(5);
  clock.advance(20);
  expect(taken(8)).toBe(2);
  clock.advance(60_000);
  expect(taken(8)).toBe(5);
});
