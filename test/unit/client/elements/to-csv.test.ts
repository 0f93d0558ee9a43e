import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../../packages/client/src/elements/readers/to-csv.ts';

const line = (userId: string, name?: string) => ({
  ...{ userId, deliveredAt: null, readAt: null },
  ...(name !== undefined && { name }),
});

/** As a spreadsheet reads it. */
const cellsOf = (csv: string): string[][] => {
  const rows: string[][] = [[]];
  for (const [, quoted, , end] of csv.matchAll(/"((?:[^"]|"")*)"((,)|\r\n)/g)) {
    rows.at(-1)?.push((quoted ?? '').replaceAll('""', '"'));
    if (end === undefined) rows.push([]);
  }
  return rows.slice(0, -1);
};

describe('a table of readers', () => {
  it('has a line for each, with times in UTC to the millisecond', () => {
    const at = Date.UTC(2026, 10, 27, 9, 30, 1, 5);
    const lines = [
      { userId: 'ann', name: 'Ann', deliveredAt: at, readAt: at + 1, playedAt: at + 2, left: true },
      { userId: 'bob', deliveredAt: null, readAt: null, playedAt: null },
    ];
    expect(cellsOf(toCsv(lines))).toEqual([
      ['userId', 'name', 'deliveredAt', 'readAt', 'playedAt', 'left'],
      [
        ...['ann', 'Ann', '2026-11-27T09:30:01.005Z', '2026-11-27T09:30:01.006Z'],
        ...['2026-11-27T09:30:01.007Z', 'yes'],
      ],
      ['bob', '', '', '', '', ''],
    ]);
  });

  it.each([
    ...['=1+1', '+49', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'],
    ...['＝1', '＋1', '－1', '＠x', '=HYPERLINK("https://x","y")'],
  ])('makes text of the name %j', (name) => {
    const [, [userId, cell] = []] = cellsOf(toCsv([line('u1', name)]));
    expect([userId, cell]).toEqual(['u1', `'${name}`]);
  });

  it('makes text of an id that begins like a formula', () => {
    expect(cellsOf(toCsv([line('=cmd|x')]))[1]?.[0]).toBe("'=cmd|x");
  });

  it.each(['Ann, "the boss"', 'two\r\nlines', '陈小明', 'a=b', ' =1'])(
    'keeps the name %j',
    (name) => {
      expect(cellsOf(toCsv([line('u1', name)]))[1]?.[1]).toBe(name);
    },
  );
});
