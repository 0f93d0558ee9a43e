import type { Sample } from '../support/page-recorder.ts';
import type { PaceOutcome } from '../support/simulator-page.ts';
import { tableOf } from '../support/table-of.ts';
import { percentilesOf } from './percentiles.ts';

export interface PageOutcome {
  members: number;
  samples: readonly Sample[];
  /** What the page itself says of its receipts' way. */
  latencies: readonly string[];
  /** What every message of the author shows at the end. */
  counts: readonly string[];
}

const minFramesPerSecond = 30;
const maxGrowth = 1.2;

/** A message at each pace. */
export function pacesReport(members: number, paces: readonly PaceOutcome[]): string {
  const rows = paces.map(({ pace, sample, read, total, lit }) => {
    const { median, slowest } = rateOf(sample.framesPerSecond);
    const { maxGapMs, maxTaskMs } = sample;
    return [
      pace,
      ...[sample.framesPerSecond.length, median, slowest, Math.round(maxGapMs), maxTaskMs].map(
        String,
      ),
      `${read} of ${total}, ${lit} faces`,
    ];
  });
  const head = ['they read', 'seconds', 'frames/s', 'slowest', 'longest gap ms', 'task ms', 'end'];
  const counters = paces.map(
    ({ pace, counters: all }) => `  ${pace}: ${all.map(oneLine).join(' | ')}`,
  );
  return [
    `A message to ${members} members on this page`,
    '',
    tableOf([head, ...rows]),
    '',
    ...counters,
  ].join('\n');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

export const faultsOfPaces = (members: number, paces: readonly PaceOutcome[]): string[] =>
  paces.flatMap(({ pace, sample, read, total, lit }) => {
    const { slowest } = rateOf(sample.framesPerSecond);
    const isExact = read === members && total === members && lit === members;
    return [
      ...(slowest < minFramesPerSecond ? [`${pace}: only ${slowest} frames in a second`] : []),
      ...(isExact ? [] : [`${pace}: ${read} of ${total} have read it, and ${lit} faces are lit`]),
    ];
  });

/** Of a run of less than a second nothing can be said. */
function rateOf(framesPerSecond: readonly number[]): { median: number; slowest: number } {
  const slowestFirst = percentilesOf(framesPerSecond.map((each) => -each));
  return { median: -slowestFirst.p50, slowest: -slowestFirst.max };
}

/** The figures of a conversation for people to read. */
export function pageReport({ members, samples, latencies, counts }: PageOutcome): string {
  const frames = samples.flatMap(({ framesPerSecond }) => framesPerSecond);
  const slowestFirst = percentilesOf(frames.map((each) => -each));
  const changes = samples.reduce((sum, { countChanges }) => sum + countChanges, 0);
  const [early, late] = halves(samples);
  const longest = (name: 'maxTaskMs' | 'maxGapMs') =>
    `${Math.round(Math.max(...samples.map((each) => each[name])))}`;
  const rows = [
    ['seconds measured', `${frames.length}`],
    ['frames a second: median', `${-slowestFirst.p50}`],
    ['frames a second: slowest of 20', `${-slowestFirst.p95}`],
    ['frames a second: slowest', `${-slowestFirst.max}`],
    ['longest gap between frames (ms)', longest('maxGapMs')],
    ['counts changed on the page, each second', (changes / frames.length).toFixed(1)],
    ['longest task of the page (ms)', longest('maxTaskMs')],
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
export function faultsOf({ members, samples, counts }: PageOutcome): string[] {
  const frames = samples.flatMap(({ framesPerSecond }) => framesPerSecond);
  const slowest = Math.min(...frames);
  const [early, late] = halves(samples);
  const expected = `${members} read, 0 not`;
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
