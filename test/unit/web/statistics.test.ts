import { expect, it } from 'vitest';
import { memberCsv } from '../../../demo/web/statistics/member-csv.ts';
import { percent, shortDay, shortDuration } from '../../../demo/web/statistics/shown-values.ts';
import { nextOrder, sortMembers } from '../../../demo/web/statistics/sort-members.ts';
import { fromOf, type MemberStatistics } from '../../../demo/web/statistics/statistics.ts';

it.each([
  [0, '0 sec'],
  [850, '0.9 sec'],
  [59_000, '59 sec'],
  [74_321, '1.2 min'],
  [3_599_000, '60 min'],
  [7_800_000, '2.2 hr'],
  [36 * 3_600_000, '1.5 days'],
])('%i ms are %s', (ms, text) => {
  expect(shortDuration(ms, 'en')).toBe(text);
});

it.each([
  [0, '0%'],
  [0.000001, '0.01%'],
  [0.004, '0.4%'],
  [0.875, '87%'],
  [0.9951, '99.51%'],
  [0.9999999, '99.99%'],
  [1, '100%'],
])('a share of %f is %s: only what is whole is 100 %%', (share, text) => {
  expect(percent(share, 'en')).toBe(text);
});

it('a day is one of UTC wherever one looks from, and a span has whole days', () => {
  expect(shortDay('2026-11-27', 'en')).toBe('Nov 27');
  const late = Date.parse('2026-11-27T23:59:59Z');
  expect(new Date(fromOf(7, late)).toISOString()).toBe('2026-11-21T00:00:00.000Z');
});

const member = (userId: string, more: Partial<MemberStatistics> = {}): MemberStatistics => ({
  ...{ userId, messages: 10, read: 0, readRate: 0, averageReadDelayMs: null },
  ...more,
});

const ann = member('u9', { name: 'Ann', read: 5, readRate: 0.5, averageReadDelayMs: 900 });
const bob = member('bob', { read: 5, readRate: 0.5, averageReadDelayMs: 100, lastReadAt: 1000 });
const cy = member('cy', { name: 'Cy', messages: 0 });
const dan = member('dan');
const all = [dan, cy, bob, ann];

it.each([
  ['name', false, [ann, bob, cy, dan]],
  ['name', true, [dan, cy, bob, ann]],
  ['messages', true, [ann, bob, dan, cy]],
  ['readRate', true, [ann, bob, dan, cy]],
  ['readRate', false, [dan, ann, bob, cy]],
  ['averageReadDelayMs', false, [bob, ann, cy, dan]],
  ['averageReadDelayMs', true, [ann, bob, cy, dan]],
  ['lastReadAt', true, [bob, ann, cy, dan]],
] as const)(
  'sorts by %s, descending: %s, and what has no value stands last',
  (column, isDescending, sorted) => {
    expect(sortMembers(all, { column, isDescending }, 'en')).toEqual(sorted);
  },
);

it('a column sorts the other way round the second time', () => {
  const first = nextOrder({ column: 'name', isDescending: false }, 'messages');
  expect(first).toEqual({ column: 'messages', isDescending: true });
  expect(nextOrder(first, 'messages').isDescending).toBe(false);
  expect(nextOrder(first, 'name').isDescending).toBe(false);
});

it('the table for spreadsheets has no formula, and nothing where there is no value', () => {
  const evil = member('=cmd', { name: '＝HYPERLINK("x"),1', read: 1, readRate: 0.1 });
  const rows = memberCsv([evil, bob, cy]).split('\r\n');
  expect(rows.slice(1)).toEqual([
    `"'=cmd","'＝HYPERLINK(""x""),1","10","1","0.1000","",""`,
    '"bob","","10","5","0.5000","100","1970-01-01T00:00:01.000Z"',
    '"cy","Cy","0","0","","",""',
    '',
  ]);
});
