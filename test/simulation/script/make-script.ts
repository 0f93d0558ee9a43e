import { pick, seededRandom } from '../../../demo/simulator/random.ts';
import { faultsOf, places } from '../faults/fault-kinds.ts';
import { deviceNames, groupIds, type Script, type Step, userIds } from './script.ts';

const minSteps = 200;
const stepsSpread = 200;
const faultShare = 0.35;
const usualPauseMs = 500;
/** How often a device is there, where it is not always. Four of the six are there on average. */
const presence: Readonly<Record<string, number>> = {
  ...{ 'ann.2': 0.5, 'cid.1': 0.6, 'dan.1': 0.5, 'eve.1': 0.4 },
};
const minuteMs = 60_000;
const maxSkewMs = 5 * minuteMs;

/** How often each action is drawn, compared with the others. */
const acts: readonly [action: string, weight: number][] = [
  ['send', 16],
  ['read up to', 18],
  ['read one', 8],
  ['read some', 5],
  ['read in several groups', 4],
  ['deliver', 5],
  ['play', 2],
  ['put back', 3],
  ['recall', 3],
  ['come back', 2],
  ['break off', 2],
  ['type', 1],
  ['look at lists', 2],
  ['look at counts', 3],
  ['remove', 2],
  ['add', 4],
  ['leave', 1],
  ['change role', 2],
  ['change settings', 2],
  ['change opt-out', 1],
  ['rename', 1],
  ['remind', 1],
  ['let minutes pass', 1.5],
  ['run maintenance', 0.5],
  ['delete what expired', 0.5],
];

/** What happens once in some scripts. */
const rare: readonly [action: string, chance: number][] = [
  ['split the shard', 0.3],
  ['stream outage', 0.08],
  ['restore', 0.08],
  ['let a day pass', 0.12],
  ['delete group', 0.1],
  ['make group', 0.3],
  ['deploy', 0.2],
];

/** How a script ends that has an archive and keeps two days: what chance alone does not bring to the archive. */
const archiving: readonly Step[] = [
  { afterMs: 100, do: 'let a day pass', at: 1 },
  { afterMs: 100, do: 'let a day pass', at: 1 },
  { afterMs: 100, do: 'let a day pass', at: 1 },
  { afterMs: 0, do: 'fault', to: 'archive: refused' },
  { afterMs: 100, do: 'run maintenance' },
  { afterMs: 60_000, do: 'run maintenance' },
];

const totalWeight = acts.reduce((sum, [, weight]) => sum + weight, 0);

/** The script of a seed, always the same. */
export function makeScript(seed: number): Script {
  const random = seededRandom(seed);
  const losesPushes = random() < 0.5;
  // Most are short: faults come together in few steps, and so there is time for more seeds.
  const count = minSteps + Math.floor(random() ** 2 * (stepsSpread + 1));
  const devices = deviceNames.filter((name) => random() < (presence[name] ?? 1));
  const steps = Array.from({ length: count }, () =>
    random() < faultShare ? faultStep(random, losesPushes) : actStep(random, devices),
  );
  for (const [action, chance] of rare) {
    if (random() >= chance || (action === 'deploy' && !losesPushes)) continue;
    steps[Math.floor(random() * count)] = {
      afterMs: 100,
      do: action,
      by: pick(random, devices),
    };
  }
  const retentionDays = random() < 0.2 ? 2 : 30;
  const skewMs = random() < 0.3 ? maxSkewMs : 0;
  const hasExtras = random() < 0.3;
  if (hasExtras && retentionDays === 2) {
    steps.splice(-archiving.length, archiving.length, ...archiving);
  }
  return {
    ...{ seed, steps, devices, losesPushes, retentionDays },
    ...{ maxSkewMs: skewMs, hasExtras },
  };
}

function faultStep(random: () => number, losesPushes: boolean): Step {
  // Most awaits are calls to the table.
  const place = random() < 0.4 ? 'database' : pick(random, places);
  const kinds = faultsOf(place, losesPushes);
  const skip = Math.floor(random() * 12);
  return kinds.length === 0
    ? faultStep(random, losesPushes)
    : { afterMs: 0, do: 'fault', to: pick(random, kinds), skip };
}

function actStep(random: () => number, devices: readonly string[]): Step {
  const action = drawAct(random() * totalWeight);
  const afterMs = Math.floor(-Math.log(1 - random()) * usualPauseMs);
  return {
    ...{ afterMs, do: action, by: pick(random, devices), group: groupOf(random) },
    ...{ who: pick(random, userIds), at: Math.round(random() * 1000) / 1000 },
  };
}

function drawAct(drawn: number): string {
  let sum = 0;
  for (const [action, weight] of acts) {
    sum += weight;
    if (drawn < sum) return action;
  }
  return 'send';
}

const groupOf = (random: () => number): string =>
  random() < 0.6 ? 'team' : pick(random, groupIds);
