import type { Sample } from '../support/page-recorder.ts';
import { tableOf } from '../support/table-of.ts';
import { percentilesOf } from './percentiles.ts';

export interface PageOutcome {
  members: number;
  samples: readonly Sample[];
  /** What the page itself says of its receipts' way. */
  latencies: readonly string[];
  /** What every message of the author shows at the end. */
  counts: readonly string[];
  /** How many should have read each. */
  readers: number;
}

const minFramesPerSecond = 30;
const maxGrowth = 1.2;

/** The figures of a run for people to read. */
export function pageReport({ members, samples, latencies, counts }: PageOutcome): string {
  const frames = samples.flatMap(({ framesPerSecond }) => framesPerSecond);
  const slowestFirst = percentilesOf(frames.map((each) => -each));
  const changes = samples.reduce((sum, { countChanges }) => sum + countChanges, 0);
  const [early, late] = halves(samples);
  const rows = [
    ['seconds measured', `${frames.length}`],
    ['frames a second: median', `${-slowestFirst.p50}`],
    ['frames a second: slowest of 20', `${-slowestFirst.p95}`],
    ['frames a second: slowest', `${-slowestFirst.max}`],
    ['counts changed on the page, each second', (changes / frames.length).toFixed(1)],
    ['longest task of the page (ms)', `${Math.max(...samples.map((each) => each.maxTaskMs))}`],
    ['page heap, first and last half (MB)', `${mean(early, 'pageMb')}  ${mean(late, 'pageMb')}`],
    [
      'service, first and last half (MB)',
      `${mean(early, 'serviceMb')}  ${mean(late, 'serviceMb')}`,
    ],
    ['messages written, all read by all', `${counts.length}`],
  ];
  const title = `The page beside ${members} simulated members on this machine`;
  return [title, '', tableOf(rows), '', ...latencies.map((line) => `  receipts: ${line}`)].join(
    '\n',
  );
}

/** What was promised and not kept. */
export function faultsOf({ samples, counts, readers }: PageOutcome): string[] {
  const frames = samples.flatMap(({ framesPerSecond }) => framesPerSecond);
  const slowest = Math.min(...frames);
  const [early, late] = halves(samples);
  const expected = `Read ${readers} · Unread 0`;
  const wrong = counts.filter((text) => text !== expected);
  return [
    ...(slowest < minFramesPerSecond ? [`only ${slowest} frames in a second`] : []),
    ...(['pageMb', 'serviceMb'] as const)
      .filter((name) => mean(late, name) > maxGrowth * mean(early, name))
      .map((name) => `${name} grew from ${mean(early, name)} to ${mean(late, name)}`),
    ...wrong.map((text) => `a message shows "${text}" and not "${expected}"`),
    ...(counts.length === 0 ? ['nothing was written'] : []),
  ];
}

/** Without the first minute, in which caches fill and code is compiled. */
function halves(samples: readonly Sample[]): [Sample[], Sample[]] {
  const settled = samples.slice(Math.min(6, Math.floor(samples.length / 3)));
  const middle = Math.floor(settled.length / 2);
  return [settled.slice(0, middle), settled.slice(middle)];
}

const mean = (samples: readonly Sample[], name: 'pageMb' | 'serviceMb'): number =>
  Math.round(samples.reduce((sum, sample) => sum + sample[name], 0) / samples.length);
