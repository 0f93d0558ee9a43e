import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every page of the project, by its path from the root. */
export const pages: readonly string[] = ['*.md', 'docs/**/*.md', 'packages/*/README.md']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort();

export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8');

const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');

const withoutCode = (text: string): string => withoutBlocks(text).replace(/`[^`]*`/g, '');

/** The words that a page shows as code within its sentences. */
export const codeWordsOf = (page: string): string[] =>
  [...withoutBlocks(readPage(page)).matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) =>
    code.split(/\s+/),
  );

/** A link inside the project: a file, and a heading in it. */
export interface Link {
  page: string;
  path: string;
  anchor: string | undefined;
}

/** The links of a page that lead to other places of the project, images included. */
export function linksOf(page: string): Link[] {
  const targets = [...withoutCode(readPage(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target = '']) => target,
  );
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { page, path: path === '' ? page : join(dirname(page), path), anchor };
    });
}

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(page: string): string[] {
  const headings = withoutBlocks(readPage(page)).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The cells of every table row of a page. */
export const tableRowsOf = (page: string): string[][] =>
  [...readPage(page).matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );
