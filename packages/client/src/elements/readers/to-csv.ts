import type { Person } from '../people/person.ts';
import { csvOf } from './csv.ts';

/** What the table has of a member. Times are epoch milliseconds; null or left out: not yet, or unknown. */
export interface CsvLine extends Person {
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly playedAt?: number | null;
  readonly left?: boolean;
}

const columns = ['userId', 'name', 'deliveredAt', 'readAt', 'playedAt', 'left'];

/** Who has a message and has read it, as a table for spreadsheets: times in ISO 8601, UTC. See `csvOf`. */
export function toCsv(lines: Iterable<CsvLine>): string {
  const rows = [...lines].map(({ userId, name = '', deliveredAt, readAt, playedAt, left }) => [
    ...[userId, name, ...[deliveredAt, readAt, playedAt].map(timeOf), left ? 'yes' : ''],
  ]);
  return csvOf([columns, ...rows]);
}

const timeOf = (at: number | null | undefined): string =>
  typeof at === 'number' ? new Date(at).toISOString() : '';
