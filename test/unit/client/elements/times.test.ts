import { expect, it } from 'vitest';
import { en } from '../../../../packages/client/src/elements/text/en.ts';
import {
  countdown,
  duration,
  exactTime,
  shortTime,
} from '../../../../packages/client/src/elements/text/times.ts';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.7, '999 ms'],
  [1000, '1 s'],
  [59_990, '59.9 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [86_400_000, '1 d'],
  [97_200_000, '1 d 3 h'],
])('%d milliseconds are %s', (ms, text) => {
  expect(duration(ms, en)).toBe(text);
});

it('times are exact to the millisecond, and midnight is 00', () => {
  const at = new Date(2026, 10, 27, 0, 5, 6, 78).getTime();
  expect(exactTime(at, 'en')).toMatch(/Nov 27.*00:05:06\.078/);
  expect(exactTime(at, 'zh-CN')).toMatch(/11月27日.*00:05:06\.078/);
});

it('times of today are short, others have their day', () => {
  const now = new Date(2026, 10, 27, 18, 0).getTime();
  expect(shortTime(new Date(2026, 10, 27, 9, 5).getTime(), now, 'en')).toBe('09:05');
  expect(shortTime(new Date(2026, 10, 26, 9, 5).getTime(), now, 'en')).toMatch(/Nov 26.*09:05/);
});

it('a countdown ends at 0:00', () => {
  expect([247_000, 1, 0].map(countdown)).toEqual(['4:07', '0:01', '0:00']);
});
