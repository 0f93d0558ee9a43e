import { expect, it } from 'vitest';
import {
  assignProfiles,
  type BehaviourProfile,
  readDelayMs,
} from '../../../demo/simulator/people/behaviour-profile.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';

const countOf = (profiles: readonly BehaviourProfile[], profile: BehaviourProfile) =>
  profiles.filter((each) => each === profile).length;

it.each([
  [500, { fast: 40, slow: 40, offline: 20 }, [200, 200, 100]],
  [7, { fast: 33, slow: 33, offline: 34 }, [2, 3, 2]],
  [5, { fast: 100, slow: 0, offline: 0 }, [5, 0, 0]],
])('gives every one of %i members a profile: %o', (members, shares, counts) => {
  const profiles = assignProfiles(members, shares, seededRandom(1));
  expect(profiles).toHaveLength(members);
  expect([
    countOf(profiles, 'fast'),
    countOf(profiles, 'slow'),
    countOf(profiles, 'offline'),
  ]).toEqual(counts);
});

it.each([
  ['fast', 200, 2000],
  ['slow', 3000, 20_000],
] as const)('lets %s members read after %i to %i ms', (profile, min, max) => {
  const random = seededRandom(1);
  const delays = Array.from({ length: 1000 }, () => readDelayMs(profile, random));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(min);
  expect(Math.max(...delays)).toBeLessThanOrEqual(max);
  expect(new Set(delays).size).toBeGreaterThan(500);
});
