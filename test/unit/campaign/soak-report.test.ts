import { expect, it } from 'vitest';
import { growthOf, slopeOf, soakReport } from '../../campaign/report/soak-report.ts';
import { processNames, type Sample } from '../../campaign/soak/sample.ts';

/** The local cloud grows by one MB a minute, but faster in the beginning. */
const sampleAt = (minute: number): Sample => ({
  ...{ minute, marks: 500, sends: 10, reconnects: 12, lastSeq: 3 * minute },
  markMs: { p50: 20, p95: 50, p99: 80 + minute / 10, max: 100 },
  sendMs: { p50: 30, p95: 50, p99: 70, max: 100 },
  failures: minute === 7 ? { 'first attempt: lost': 2 } : {},
  rows: { member: 200, group: 350, connections: 130, pushes: 200 },
  processes: Object.fromEntries(
    processNames.map((name) => [
      name,
      { residentMb: minute < 20 ? 40 * minute : 800 + minute, processorSeconds: 3 * minute },
    ]),
  ) as Sample['processes'],
  ...(minute % 5 === 0 && { heaps: { 'local cloud': { heapMb: 25 } } }),
  ...{ shown: [], faults: {} },
});
const samples = Array.from({ length: 60 }, (_, i) => sampleAt(i + 1));

it('a slope is that of the line through the points', () => {
  expect(slopeOf([1, 2, 3].map((x) => ({ x, y: 2 * x + 5 })))).toBeCloseTo(2);
  expect(slopeOf([])).toBeNaN();
});

it('growth is per hour, and leaves out the first minutes', () => {
  const growth = growthOf(samples);
  expect(growth['local cloud, resident MB']).toBeCloseTo(60);
  expect(growth['local cloud, heap MB']).toBeCloseTo(0);
  expect(growth['p99 of marks, ms']).toBeCloseTo(6);
});

it('the report has a row for each ten minutes and the totals', () => {
  const report = soakReport(samples);
  expect(report).toMatch(/^ {2}60 +500 +20 +86 +860 +25.0 +200 +350 +130$/m);
  expect(report).toMatch(/Marks +30,000/);
  expect(report).toMatch(/Share of one core +20 %/);
  expect(report).toContain('{"first attempt: lost":2}');
});
