import { readFileSync } from 'node:fs';
import { tableOf } from '../../../bench/support/table-of.ts';
import { processNames, type Sample } from '../soak/sample.ts';

/** Compilers and caches fill in the first minutes: how things go on shows after them. */
const warmUpMinutes = 20;
const minutesPerRow = 10;

export const readSamples = (file: string): Sample[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample);

/** Samples of every ten minutes, and how much each figure grew in an hour after the first twenty minutes. */
export function soakReport(samples: readonly Sample[]): string {
  const titles = ['Minute', 'marks', 'p50 ms', 'p99 ms', 'cloud MB', 'cloud heap', 'database heap'];
  const rows = samples
    .filter(({ minute }) => minute % minutesPerRow === 0)
    .map((sample) => [
      ...[String(sample.minute), String(sample.marks)],
      ...[sample.markMs.p50.toFixed(0), sample.markMs.p99.toFixed(0)],
      String(sample.processes['local cloud'].residentMb),
      ...[sample.heaps?.['local cloud']?.heapMb, sample.heaps?.['DynamoDB Local']?.heapMb].map(
        (heapMb) => heapMb?.toFixed(1) ?? '',
      ),
      ...[String(sample.rows.member), String(sample.rows.group), String(sample.rows.connections)],
    ]);
  const table = tableOf([[...titles, 'member row', 'group row', 'connections'], ...rows]);
  const growth = Object.entries(growthOf(samples)).map(([what, perHour]) => [
    what,
    perHour.toFixed(1),
  ]);
  return `${table}\n\n${tableOf([['In an hour', 'more'], ...growth])}\n\n${tableOf(totalsOf(samples))}`;
}

/** Slopes of straight lines through the samples, per hour. */
export function growthOf(samples: readonly Sample[]): Record<string, number> {
  const settled = samples.filter(({ minute }) => minute > warmUpMinutes);
  const slope = (figure: (sample: Sample) => number | undefined) =>
    60 *
    slopeOf(
      settled.flatMap((sample) => {
        const y = figure(sample);
        return y === undefined ? [] : [{ x: sample.minute, y }];
      }),
    );
  return {
    'p50 of marks, ms': slope(({ markMs }) => markMs.p50),
    'p99 of marks, ms': slope(({ markMs }) => markMs.p99),
    ...Object.fromEntries(
      processNames.flatMap((name) => [
        [`${name}, resident MB`, slope(({ processes }) => processes[name].residentMb)],
        [`${name}, heap MB`, slope(({ heaps }) => heaps?.[name]?.heapMb)],
      ]),
    ),
    'largest member row, bytes': slope(({ rows }) => rows.member),
    'largest group row, bytes': slope(({ rows }) => rows.group),
    'largest connections row, bytes': slope(({ rows }) => rows.connections),
  };
}

/** By least squares; NaN of fewer than two points. */
export function slopeOf(points: readonly { x: number; y: number }[]): number {
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const covariance = mean(({ x, y }) => (x - meanX) * (y - meanY));
  return covariance / mean(({ x }) => (x - meanX) ** 2);
}

function totalsOf(samples: readonly Sample[]): string[][] {
  const total = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0).toLocaleString('en');
  const last = samples.at(-1);
  const seconds = processNames.reduce(
    (sum, name) => sum + (last?.processes[name].processorSeconds ?? 0),
    0,
  );
  const failures: Record<string, number> = {};
  for (const sample of samples) {
    for (const [what, times] of Object.entries(sample.failures)) {
      failures[what] = (failures[what] ?? 0) + times;
    }
  }
  return [
    ['Minutes', String(last?.minute)],
    ['Marks', total(({ marks }) => marks)],
    ['Messages', total(({ sends }) => sends)],
    ['Reconnects', total(({ reconnects }) => reconnects)],
    ['Processor seconds', seconds.toFixed(0)],
    ['Share of one core', `${((100 * seconds) / (60 * (last?.minute ?? 1))).toFixed(0)} %`],
    ['Faults that functions logged', JSON.stringify(last?.faults)],
    ['Requests without success', JSON.stringify(failures)],
  ];
}
