import { expect, it } from 'vitest';
import { assignHabits, type Habit, readDelayMs } from '../../simulator/habits.ts';
import { seededRandom } from '../../simulator/random.ts';

const countOf = (habits: readonly Habit[], habit: Habit) =>
  habits.filter((each) => each === habit).length;

it.each([
  [500, { fast: 40, slow: 40, offline: 20 }, [200, 200, 100]],
  [7, { fast: 33, slow: 33, offline: 34 }, [2, 3, 2]],
  [5, { fast: 100, slow: 0, offline: 0 }, [5, 0, 0]],
])('gives every one of %i members a habit: %o', (members, shares, counts) => {
  const habits = assignHabits(members, shares, seededRandom(1));
  expect(habits).toHaveLength(members);
  expect([countOf(habits, 'fast'), countOf(habits, 'slow'), countOf(habits, 'offline')]).toEqual(
    counts,
  );
});

it.each([
  ['fast', 200, 2000],
  ['slow', 3000, 20_000],
] as const)('lets %s members read after %i to %i ms', (habit, least, most) => {
  const random = seededRandom(1);
  const delays = Array.from({ length: 1000 }, () => readDelayMs(habit, random));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...delays)).toBeLessThanOrEqual(most);
  expect(new Set(delays).size).toBeGreaterThan(500);
});
