import { expect, it } from 'vitest';
import { dayName, shortTime } from '../../../demo/web/text/times.ts';

const now = new Date(2026, 10, 27, 0, 30).getTime();
/** So many days before, at nine in the evening. */
const daysAgo = (days: number) => new Date(2026, 10, 27 - days, 21).getTime();

it.each([
  [now, 'Today', '今天'],
  [daysAgo(1), 'Yesterday', '昨天'],
  [daysAgo(6), 'Saturday', '星期六'],
  [daysAgo(7), 'November 20', '11月20日'],
  [daysAgo(400), 'October 23, 2025', '2025年10月23日'],
])('names the day of %i %s', (at, en, zh) => {
  expect([dayName(at, now, 'en'), dayName(at, now, 'zh-CN')]).toEqual([en, zh]);
});

it.each([
  [now, '12:30 AM'],
  [daysAgo(1), 'Yesterday'],
  [daysAgo(2), 'Wed'],
  [daysAgo(30), '10/28/26'],
])('says %i in a list as %s', (at, expected) => {
  expect(shortTime(at, now, 'en').replace('\u202f', ' ')).toBe(expected);
});
