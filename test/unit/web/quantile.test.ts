import { expect, it } from 'vitest';
import { Latencies } from '../../../demo/web/simulator/session/latencies.ts';
import { quantile } from '../../../demo/web/simulator/session/quantile.ts';

it('says nothing of nobody', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(new Latencies().summary()).toBeUndefined();
});

it('takes the smallest value that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0, 0.5, 0.95, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 95, 100]);
});

it('keeps the newest thousand latencies and shows the newest first', () => {
  const latencies = new Latencies();
  for (let ms = 1; ms <= 1500; ms++) latencies.add({ userId: 'bob', seq: ms, ms });
  const summary = latencies.summary();
  expect(summary).toMatchObject({ count: 1000, p50Ms: 1000, p95Ms: 1450 });
  expect(summary?.latest.map(({ ms }) => ms).slice(0, 2)).toEqual([1500, 1499]);
});
