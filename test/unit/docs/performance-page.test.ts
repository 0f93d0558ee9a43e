import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withSection } from '../../../bench/reports/performance-page.ts';
import { scenarios } from '../../../bench/scenarios/all-scenarios.ts';
import { readPage, root } from './markdown.ts';

const page = readPage('docs/performance.md');

/** What the bench wrote between the marks of a name. */
function sectionOf(text: string, name: string): string {
  const [, section = ''] =
    new RegExp(`<!-- bench: ${name} -->([\\s\\S]*?)<!-- end: ${name} -->`).exec(text) ?? [];
  return section.trim();
}

it.each(scenarios.map(({ name }) => name))('has what the bench found of %s', (name) => {
  expect(sectionOf(page, name)).toMatch(/^\|.*\|$/m);
});

it('has sections of scenarios only', () => {
  const names = [...page.matchAll(/<!-- bench: (\S+) -->/g)].map(([, name]) => name);
  expect(names.sort()).toEqual(scenarios.map(({ name }) => name).sort());
});

it('says of paces what the README says', () => {
  const shown = sectionOf(readPage('README.md'), 'paces');
  expect(shown).toMatch(/^\|.*\|$/m);
  expect(sectionOf(page, 'paces')).toContain(shown);
});

it('says of latency what the README says', () => {
  const [, p50, p95] =
    /`mark_read` to the author, p50 \/ p95 \| (\d+) \/ (\d+) ms/.exec(page) ?? [];
  const readme = readPage('README.md').replaceAll(/\s+/g, ' ');
  expect(readme).toContain(`${p50} ms in the median, ${p95} ms at the 95th percentile`);
  expect(readme).toContain(`${p95} ms (95th percentile)`);
});

it('shows curves that are there', () => {
  const pictures = [...page.matchAll(/\]\((images\/growth\/[^)]+)\)/g)].map(
    ([, path = '']) => path,
  );
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((path) => !existsSync(join(root, 'docs', path)))).toEqual([]);
});

it('is written between marks, and nowhere else', () => {
  const before = 'a\n<!-- bench: x -->\nold\n<!-- end: x -->\nb';
  expect(withSection(before, 'x', 'new')).toBe('a\n<!-- bench: x -->\n\nnew\n\n<!-- end: x -->\nb');
  expect(() => withSection(before, 'y', 'new')).toThrow('no place for y');
});
