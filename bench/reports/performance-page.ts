import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartSvg } from '../charts/chart-svg.ts';
import type { Findings } from '../scenarios/scenario.ts';
import { asMarkdown } from './bench-table.ts';

const root = join(import.meta.dirname, '../..');
const picturesDir = 'images/growth';

export interface Ran {
  name: string;
  seconds: number;
  findings: Findings;
}

/** Puts what scenarios found between the marks with their names, in docs/performance.md and the README. */
export function writeFindings(all: readonly Ran[]): void {
  const found = all.filter(({ findings }) => findings.tables.length > 0);
  change('docs/performance.md', (page) =>
    found.reduce((text, ran) => withSection(text, ran.name, sectionOf(ran)), page),
  );
  change('README.md', (page) =>
    found.reduce((text, { name, findings }) => {
      const shown = findings.tables.filter(({ inReadme }) => inReadme);
      return shown.length === 0 ? text : withSection(text, name, joined(shown.map(asMarkdown)));
    }, page),
  );
  for (const { name, title, ...chart } of found.flatMap(({ findings }) => findings.charts ?? [])) {
    const dir = join(root, 'docs', picturesDir);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `${name}.svg`), chartSvg({ name, title, ...chart }));
  }
}

function change(page: string, by: (text: string) => string): void {
  const path = join(root, page);
  writeFileSync(path, by(readFileSync(path, 'utf8')));
}

/** The page with something else between the marks of a name. Throws where it has none. */
export function withSection(page: string, name: string, section: string): string {
  const [begin, end] = [`<!-- bench: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${section}\n\n${page.slice(to)}`;
}

const joined = (parts: readonly string[]): string => parts.join('\n\n');

const sectionOf = ({ findings, seconds }: Ran): string => {
  const { tables, charts = [], notes = [] } = findings;
  const pictures = charts.map(({ name, title }) => `![${title}](${picturesDir}/${name}.svg)`);
  const inOneLine = notes.filter((note) => !note.includes('\n'));
  const lines = [...inOneLine, `This took ${Math.round(seconds)} seconds.`];
  return joined([
    ...tables.map(asMarkdown),
    ...pictures,
    lines.map((line) => `- ${line}`).join('\n'),
  ]);
};
