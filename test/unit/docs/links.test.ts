import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, pages, root } from './markdown.ts';

describe.each(pages)('%s', (page) => {
  it('links to nothing that is not there', () => {
    const broken = linksOf(page).filter(({ path, anchor }) => {
      if (!existsSync(join(root, path))) return true;
      return anchor !== undefined && !anchorsOf(path).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

it('finds pages and links at all', () => {
  expect(pages).toContain('README.md');
  expect(linksOf('README.md').map(({ path }) => path)).toContain('docs/protocol.md');
});

it('lists every decision, in order', () => {
  const decisions = pages.filter((page) => /^docs\/decisions\/\d{4}-/.test(page));
  const listed = linksOf('docs/decisions/README.md').map(({ path }) => path);
  expect(listed).toEqual(decisions);
});

it('leads from the README to every page', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const { path } of linksOf(page)) if (path.endsWith('.md')) reached.add(path);
  }
  expect([...reached].sort()).toEqual(pages);
});
