import { expect, it } from 'vitest';
import { quantile, readingCurve, readingTimes } from '../../../demo/web/receipts/reading-times.ts';
import { Latencies } from '../../../demo/web/simulator/session/latencies.ts';

const reader = (userId: string, readAt: number | null) => ({ userId, readAt, deliveredAt: readAt });

it('measures from the sending, without the sender and those who have not read', () => {
  const lines = [
    { ...reader('ann', 1000), isSender: true as const },
    ...[reader('bob', 4000), reader('cy', 1500), reader('dan', null)],
  ];
  expect(readingTimes(lines, 1000)).toEqual({ delaysMs: [500, 3000], medianMs: 500, p95Ms: 3000 });
});

it('says nothing of nobody', () => {
  expect(readingTimes([], 1000)).toEqual({ delaysMs: [], medianMs: undefined, p95Ms: undefined });
  expect(new Latencies().summary()).toBeUndefined();
});

it('takes the smallest value that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0, 0.5, 0.95, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 95, 100]);
});

it('draws a curve that begins at nothing and rises with every reader', () => {
  expect(readingCurve([500, 3000])).toEqual([
    [0, 0.5, 3],
    [0, 1, 2],
  ]);
});

it('keeps the newest thousand latencies and shows the newest first', () => {
  const latencies = new Latencies();
  for (let ms = 1; ms <= 1500; ms++) latencies.add({ userId: 'bob', seq: ms, ms });
  const summary = latencies.summary();
  expect(summary).toMatchObject({ count: 1000, p50Ms: 1000, p95Ms: 1450 });
  expect(summary?.latest.map(({ ms }) => ms).slice(0, 2)).toEqual([1500, 1499]);
});
