import type { Person } from '../people/person.ts';

/** What the table has of a member. Times are epoch milliseconds; null or left out: not yet, or unknown. */
export interface CsvLine extends Person {
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly playedAt?: number | null;
  readonly left?: boolean;
}

const columns = ['userId', 'name', 'deliveredAt', 'readAt', 'playedAt', 'left'];

/**
 * Who has a message and has read it, as a table for spreadsheets: times in ISO 8601, UTC. What a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function toCsv(lines: Iterable<CsvLine>): string {
  const rows = [...lines].map(({ userId, name = '', deliveredAt, readAt, playedAt, left }) => [
    ...[userId, name, ...[deliveredAt, readAt, playedAt].map(timeOf), left ? 'yes' : ''],
  ]);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const timeOf = (at: number | null | undefined): string =>
  typeof at === 'number' ? new Date(at).toISOString() : '';

/** In Chinese and Japanese settings the wide signs begin a formula as well. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

const cell = (text: string): string =>
  `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
