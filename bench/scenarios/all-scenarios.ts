import { answersScenario } from './answers.ts';
import { burstsScenario } from './bursts.ts';
import { functionsScenario } from './functions.ts';
import { groupAgeScenario } from './group-age.ts';
import { growthScenario } from './growth.ts';
import { latencyScenario } from './latency.ts';
import { members5000Scenario } from './members-5000.ts';
import { openingScenario } from './opening.ts';
import { pacesScenario } from './paces.ts';
import { readersScenario } from './readers.ts';
import type { Scenario } from './scenario.ts';
import { workingDayScenario } from './working-day.ts';

/** In the order in which they run: what is counted, then what is timed. */
export const scenarios: readonly Scenario[] = [
  ...[pacesScenario, burstsScenario, workingDayScenario, openingScenario, readersScenario],
  ...[members5000Scenario, groupAgeScenario, growthScenario],
  ...[functionsScenario, answersScenario, latencyScenario],
];

/** Benchmarks that are files of their own, with arguments of their own. */
export const otherBenchmarks: Readonly<Record<string, string>> = {
  'group-of-500': 'a group of 500 over real sockets: latency, frames, units, memory',
  'group-of-5000': 'a group of 5,000 over real sockets, from five processes',
  baselines: 'units and bytes of one message and of 20, in Seenby and four other designs',
  costs: 'dollars a month for any use of a group, computed',
  page: 'the page in a browser, beside 500 simulated members',
  simulator: 'the simulated members alone: memory and processor time',
  'post-over-tls': 'posting over TLS with the processor share of a Lambda',
  'fan-out': 'how many groups one sandbox of fan-out pushes counts of in a second',
  imports: 'size and import time of the bundle of every Lambda',
};
