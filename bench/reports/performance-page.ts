import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartSvg } from '../charts/chart-svg.ts';
import type { Findings } from '../scenarios/scenario.ts';
import { asMarkdown } from './bench-table.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = join(docs, 'performance.md');
const picturesDir = 'images/growth';

export interface Ran {
  name: string;
  seconds: number;
  findings: Findings;
}

/** Puts what scenarios found between the marks of the page that have their names. */
export function writeFindings(all: readonly Ran[]): void {
  let text = readFileSync(page, 'utf8');
  for (const { name, seconds, findings } of all) {
    if (findings.tables.length === 0) continue;
    const [begin, end] = [`<!-- bench: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${name}`);
    const written = sectionOf(findings, seconds);
    text = `${text.slice(0, from + begin.length)}\n\n${written}\n\n${text.slice(to)}`;
    for (const chart of findings.charts ?? []) {
      mkdirSync(join(docs, picturesDir), { recursive: true });
      writeFileSync(join(docs, picturesDir, `${chart.name}.svg`), chartSvg(chart));
    }
  }
  writeFileSync(page, text);
}

const sectionOf = ({ tables, charts = [], notes = [] }: Findings, seconds: number): string =>
  [
    ...tables.map(asMarkdown),
    ...charts.map(({ name, title }) => `![${title}](${picturesDir}/${name}.svg)`),
    ...notes.filter((note) => !note.includes('\n')).map((note) => `- ${note}`),
    `- This took ${Math.round(seconds)} seconds.`,
  ].join('\n\n');
