import { between, pick, type Random, shuffle } from '../../../demo/simulator/random.ts';

/** What may go wrong on the way between the local cloud and DynamoDB Local. */
export const networkFaults = [
  'latency',
  'reset',
  'half-open',
  'lost replies',
  'slow bytes',
] as const;
export type NetworkFault = (typeof networkFaults)[number];

/** What may happen to clients: their connections end, or nothing passes any more and nobody is told. */
export const clientFaults = ['cut clients', 'silent clients'] as const;
export type ClientFault = (typeof clientFaults)[number];

export const kills = ['kill the local cloud', 'kill DynamoDB Local'] as const;
export type FaultKind = NetworkFault | ClientFault | (typeof kills)[number];

export interface PlannedFault {
  /** Since the beginning. */
  atMs: number;
  kind: FaultKind;
  /** Of those that last. */
  durationMs: number;
}

export interface PlanOptions {
  minutes: number;
  cloudKills: number;
  databaseKills: number;
  secondsBetween?: number;
}

const isKill = (kind: FaultKind): boolean => (kills as readonly string[]).includes(kind);

/**
 * A fault every five seconds. The kills are spread over the time, and the last faults are none: who keeps a
 * connection through the end is among the clients that have to show the truth.
 */
export function planFaults(
  { minutes, cloudKills, databaseKills, secondsBetween = 5 }: PlanOptions,
  random: Random,
): PlannedFault[] {
  const count = Math.floor((minutes * 60) / secondsBetween) - 1;
  const kinds = new Array<FaultKind | undefined>(count).fill(undefined);
  const forKills = Math.max(1, count - Math.ceil(15 / secondsBetween));
  spread(kinds, forKills, databaseKills, 'kill DynamoDB Local');
  spread(kinds, forKills, cloudKills, 'kill the local cloud');
  const others = [...networkFaults, ...clientFaults];
  let next: FaultKind[] = [];
  return kinds.map((planned, i) => {
    if (planned === undefined && next.length === 0) next = shuffle(random, others);
    const kind = planned ?? next.pop() ?? pick(random, others);
    const durationMs = isKill(kind) ? 0 : Math.round(between(random, 500, 3000));
    return { atMs: (i + 1) * secondsBetween * 1000, kind, durationMs };
  });
}

/** Takes places that are free, at equal distances as far as they are. */
function spread(
  kinds: (FaultKind | undefined)[],
  places: number,
  times: number,
  kind: FaultKind,
): void {
  if (kinds.slice(0, places).filter((each) => each === undefined).length < times) {
    throw new Error(`${times} times ${kind} do not fit into the time`);
  }
  for (let i = 0; i < times; i++) {
    let place = Math.floor(((i + 0.5) * places) / times);
    while (kinds[place] !== undefined) place = (place + 1) % places;
    kinds[place] = kind;
  }
}
