import type { Pace } from '../../simulator/api.ts';
import type { Choice } from './use-simulation.ts';

/** The paces that can be chosen, by the names that texts have for them. */
export const paces = {
  burst: 'burst',
  twentyPerSecond: { readsPerSecond: 20 },
  onePerSecond: { readsPerSecond: 1 },
  profiles: 'profiles',
} as const satisfies Record<string, Pace>;

export type PaceName = keyof typeof paces;

export const paceNames = Object.keys(paces) as PaceName[];

export const nameOfPace = (pace: Pace): PaceName | undefined =>
  paceNames.find((name) => JSON.stringify(paces[name]) === JSON.stringify(pace));

export const visibilities = ['members', 'sender', 'admins'] as const;

export const firstChoice: Choice = {
  ...{ members: 500, pace: paces.twentyPerSecond, visibility: 'members' },
  ...{ fast: 50, slow: 30, offline: 20 },
};
