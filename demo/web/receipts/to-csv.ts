import type { ReceiptLine } from '@seenby/client';
import { csvOf } from '../parts/csv.ts';

const columns = ['userId', 'name', 'deliveredAt', 'readAt', 'playedAt', 'left'] as const;

/** The list as a table for spreadsheets: times in ISO 8601, UTC. */
export function toCsv(lines: Iterable<ReceiptLine>): string {
  const rows = [...lines].map((line) => [
    line.userId,
    line.name ?? '',
    timeOf(line.deliveredAt),
    timeOf(line.readAt),
    timeOf(line.playedAt),
    line.left ? 'yes' : '',
  ]);
  return csvOf([columns, ...rows]);
}

const timeOf = (at: number | null | undefined): string =>
  at === null || at === undefined ? '' : new Date(at).toISOString();
