import { between, type Random, shuffle } from '../random.ts';

/**
 * How a member reads:
 *
 *     fast     has the group on the screen and reads within two seconds
 *     slow     reads some time after a message came
 *     offline  is away part of the time and reads then what was missed
 *     lurker   is there and leaves things unread for minutes
 *     rare     comes by every few minutes
 */
export type BehaviourProfile = 'fast' | 'slow' | 'offline' | 'lurker' | 'rare';

export type Shares = Readonly<Partial<Record<BehaviourProfile, number>>>;

/** Milliseconds: at least, at most. */
type Span = readonly [number, number];
type Spans = Readonly<Record<BehaviourProfile, Span>>;

const readDelays: Spans = {
  fast: [200, 2000],
  slow: [3000, 20_000],
  offline: [400, 2500],
  lurker: [90_000, 360_000],
  rare: [1000, 4000],
};
/** Everybody is away now and then, as phones are. */
const presences: Spans = {
  fast: [600_000, 1_200_000],
  slow: [600_000, 1_200_000],
  offline: [8000, 25_000],
  lurker: [600_000, 1_200_000],
  rare: [10_000, 30_000],
};
const absences: Spans = {
  fast: [5000, 30_000],
  slow: [5000, 30_000],
  offline: [5000, 30_000],
  lurker: [5000, 30_000],
  rare: [20_000, 900_000],
};
const hurriedReadDelay: Span = [300, 4000];
const playDelay: Span = [1500, 15_000];
const typing: Span = [1200, 3200];
const pause: Span = [5000, 8000];

/** Low values more often than high ones: most people are quick, some take long. */
const soonWithin = (random: Random, span: Span): number => within(() => random() ** 2, span);

const within = (random: Random, [min, max]: Span): number => Math.round(between(random, min, max));

/** From the arrival of a message, or of the member, to the reading. */
export const readDelayMs = (profile: BehaviourProfile, random: Random): number =>
  soonWithin(random, readDelays[profile]);

/** Of whoever is asked to hurry, whatever the profile. */
export const hurriedReadDelayMs = (random: Random): number => soonWithin(random, hurriedReadDelay);

/** From the arrival of a voice message to its being played. */
export const playDelayMs = (random: Random): number => within(random, playDelay);

export const absenceMs = (profile: BehaviourProfile, random: Random): number =>
  within(random, absences[profile]);

/** From one absence to the next. */
export const presenceMs = (profile: BehaviourProfile, random: Random): number =>
  within(random, presences[profile]);

export const typingMs = (random: Random): number => within(random, typing);

/** Between two messages of a lively group. */
export const pauseMs = (random: Random): number => within(random, pause);

/** Is away to begin with. */
export const comesLater = (profile: BehaviourProfile): boolean => profile === 'rare';

/**
 * The group is on the screen all the time. The others read as from a notification: to open it for
 * every read would ask for counts that nobody looks at.
 */
export const keepsGroupOpen = (profile: BehaviourProfile): boolean => profile === 'fast';

/** So many of each profile, in any order: percentages to the nearest whole members, all of them. */
export function assignProfiles(
  members: number,
  shares: Shares,
  random: Random,
): BehaviourProfile[] {
  const profiles = Object.entries(shares) as [BehaviourProfile, number][];
  const assigned: BehaviourProfile[] = [];
  let percent = 0;
  for (const [profile, share] of profiles) {
    percent += share;
    const upTo = Math.round((members * percent) / 100);
    while (assigned.length < upTo) assigned.push(profile);
  }
  return shuffle(random, assigned);
}
