import { tableOf } from '../support/table-of.ts';

export interface BenchTable {
  title: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Whether the README shows it as well. */
  inReadme?: boolean;
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
/** Three digits that count. */
export const short = (value: number): string =>
  value >= 100 ? whole(value) : Number(value.toPrecision(3)).toString();

/** For people at a terminal. */
export const asText = ({ title, head, rows }: BenchTable): string =>
  `${title}\n${tableOf([head, ...rows])}`;

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** For the pages under `docs/`. */
export const asMarkdown = ({ title, head, rows }: BenchTable): string =>
  [`${title}:`, '', lineOf(head), `|${'---|'.repeat(head.length)}`, ...rows.map(lineOf)].join('\n');
