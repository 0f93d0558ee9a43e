import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeWordsOf, pages, root } from './markdown.ts';

const visible = [
  'bench',
  'bin',
  'demo',
  'docs',
  'examples',
  'functions',
  'lib',
  'packages',
  'scripts',
  'site',
  'test',
];
const folders = [...visible, '.changeset', '.ci', '.githooks', '.github'];
const files = [...globSync('*', { cwd: root }), ...folders.flatMap(filesIn)];
const known = new Set(files.flatMap(endsOf));

function filesIn(folder: string): string[] {
  const isLeftOut = (path: string) => /(^|\/)(node_modules|dist)(\/|$)/.test(path);
  return globSync(`${folder}/**`, { cwd: root, exclude: isLeftOut });
}

/** A path and all its ends, each folder with a slash: a page may name `b.ts` of `a/b.ts`. */
function endsOf(path: string): string[] {
  const parts = path.split('/');
  const ends = parts.map((_, i) => parts.slice(i).join('/'));
  return ends.flatMap((end) => [end, `${end}/`, `${dirname(end)}/`]);
}

/** What a deployment or a release makes. */
const notOurs = new Set(['assets/', 'packages/client/dist', 'packages/client/CHANGELOG.md']);

/** Whether a word of code is the name of a file or folder of the project. */
function isPath(word: string): boolean {
  if (!/^[\w.-]+(\/[\w.-]+)*\/?$/.test(word) || notOurs.has(word)) return false;
  return /\w\.(tsx?|mjs|md)$/.test(word) || word.endsWith('/') || isBelow(word);
}

const isBelow = (word: string): boolean => folders.some((folder) => word.startsWith(`${folder}/`));

/** `@seenby/core/a.ts` stands for a source of the package. */
const toPath = (word: string): string => word.replace(/^@seenby\/([\w-]+)\//, 'packages/$1/src/');

const pathsOf = (page: string): string[] => codeWordsOf(page).map(toPath).filter(isPath);

// The API reference names modules of the package as its users import them.
const written = pages.filter((page) => page !== 'docs/api.md');

describe.each(written)('%s', (page) => {
  it('names no file or folder that is not there', () => {
    expect(pathsOf(page).filter((path) => !known.has(path))).toEqual([]);
  });
});

it('finds names at all, and misses what is not there', () => {
  expect(pathsOf('docs/architecture.md')).toContain('functions/push/dispatch/dispatcher.ts');
  expect(
    ['functions/socket.ts', 'members.ts', 'packages/core/'].every((path) => known.has(path)),
  ).toBe(true);
  expect(['core/group.ts', 'functions/sockets.ts', 'packages/cores/'].every(isPath)).toBe(true);
  expect(
    ['core/group.ts', 'functions/sockets.ts', 'packages/cores/'].some((path) => known.has(path)),
  ).toBe(false);
});
