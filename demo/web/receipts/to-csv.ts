import type { ReceiptLine } from '@seenby/client';

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
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const timeOf = (at: number | null | undefined): string =>
  at === null || at === undefined ? '' : new Date(at).toISOString();

/** Quoted where it must be; what a spreadsheet would take for a formula is made text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
