import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPage, root } from './markdown.ts';

const block = /^```(\w+) (\S+\.\w+)\n([\s\S]*?)^```$/gm;
const exampleDir = join(root, 'examples/existing-chat');

/** The files of a chat, by name. */
const filesOf = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(join(exampleDir, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(exampleDir, folder, name), 'utf8')]),
  );

/** Replaces the lines that a hunk keeps or takes away by those it keeps or adds. */
function applyHunk(text: string, hunk: string): string {
  const lines = hunk.split('\n').filter((line, i, all) => i < all.length - 1 || line !== '');
  const side = (marks: string) =>
    lines
      .filter((line) => line === '' || marks.includes(line[0] ?? ''))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const [before, after] = [side(' -'), side(' +')];
  expect(text.split(before), `once in the file:\n${before}`).toHaveLength(2);
  return text.replace(before, () => after);
}

it('turns the chat before into the chat after', () => {
  const files = filesOf('before');
  const changed = new Set<string>();
  for (const [, kind, name = '', text = ''] of readPage('docs/existing-chat.md').matchAll(block)) {
    const hunks = kind === 'diff' ? text.split(/^@@\n/m) : [];
    files.set(name, kind === 'diff' ? hunks.reduce(applyHunk, files.get(name) ?? '') : text);
    changed.add(name);
  }
  expect([...changed]).toEqual(['database.ts', 'seenby.ts', 'server.ts', 'page.ts', 'index.html']);
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(filesOf('after')));
});

it('needs fewer than 60 lines that are new or changed, without blank ones', () => {
  const before = filesOf('before');
  const added = [...filesOf('after')].flatMap(([name, text]) => linesAdded(before.get(name), text));
  expect(added.length).toBeGreaterThan(40);
  expect(added.length).toBeLessThan(60);
});

/** Lines that are in the second text more often than in the first. */
function linesAdded(before = '', after = ''): string[] {
  const left = before.split('\n');
  return after.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && line.trim() !== '';
  });
}
