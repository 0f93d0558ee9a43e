import { between, type Random, shuffle } from './random.ts';

/**
 * How a member reads:
 *
 *     fast     has the group on the screen and reads within two seconds
 *     slow     reads some time after a message came
 *     offline  is away part of the time and reads then what was missed
 *     lurker   is there and leaves things unread for minutes
 *     rare     comes by every few minutes
 */
export type Habit = 'fast' | 'slow' | 'offline' | 'lurker' | 'rare';

export type Shares = Readonly<Partial<Record<Habit, number>>>;

/** Milliseconds: at least, at most. */
type Span = readonly [number, number];
type Spans = Readonly<Record<Habit, Span>>;

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
const typing: Span = [1200, 3200];
const pause: Span = [5000, 8000];

/** Low values more often than high ones: most people are quick, some take long. */
const soonWithin = (random: Random, span: Span): number => within(() => random() ** 2, span);

const within = (random: Random, [least, most]: Span): number =>
  Math.round(between(random, least, most));

/** From the arrival of a message, or of the member, to the reading. */
export const readDelayMs = (habit: Habit, random: Random): number =>
  soonWithin(random, readDelays[habit]);

export const absenceMs = (habit: Habit, random: Random): number => within(random, absences[habit]);

/** From one absence to the next. */
export const presenceMs = (habit: Habit, random: Random): number =>
  within(random, presences[habit]);

export const typingMs = (random: Random): number => within(random, typing);

/** Between two messages of a lively group. */
export const pauseMs = (random: Random): number => within(random, pause);

/** Is away to begin with. */
export const comesLater = (habit: Habit): boolean => habit === 'rare';

/**
 * The group is on the screen all the time. The others read as from a notification: to open it for
 * every read would ask for counts that nobody looks at.
 */
export const keepsGroupOpen = (habit: Habit): boolean => habit === 'fast';

/** So many of each habit, in any order: percentages to the nearest whole members, all of them. */
export function assignHabits(members: number, shares: Shares, random: Random): Habit[] {
  const habits = Object.entries(shares) as [Habit, number][];
  const assigned: Habit[] = [];
  let percent = 0;
  for (const [habit, share] of habits) {
    percent += share;
    const upTo = Math.round((members * percent) / 100);
    while (assigned.length < upTo) assigned.push(habit);
  }
  return shuffle(random, assigned);
}
