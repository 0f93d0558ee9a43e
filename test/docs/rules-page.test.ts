import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, tableRowsOf } from './markdown.ts';

const rules = tableRowsOf('docs/rules.md').filter(([id = '']) => /^[A-Z]{2}\d$/.test(id));

/** The folders of `test/` with a test that names the rule in its title. */
function foldersNaming(id: string): Set<string> {
  const files = globSync('test/*/**/*.ts', { cwd: root });
  const naming = files.filter((file) => readFileSync(join(root, file), 'utf8').includes(`[${id}]`));
  return new Set(naming.map((file) => file.split('/')[1] ?? ''));
}

it('has an id of its own for each rule', () => {
  const ids = rules.map(([id]) => id);
  expect(ids.length).toBeGreaterThan(40);
  expect(new Set(ids).size).toBe(ids.length);
});

it.each(rules)('%s is checked where the page says', (id, _rule, checkedIn = '') => {
  expect([...foldersNaming(id)]).toEqual(expect.arrayContaining(checkedIn.split(', ')));
});

it('knows every rule that a test names', () => {
  const tests = globSync('test/*/**/*.test.ts', { cwd: root });
  const named = tests.flatMap((file) => [
    ...(readFileSync(join(root, file), 'utf8').match(/(?<=\[)[A-Z]{2}\d(?=\])/g) ?? []),
  ]);
  expect(rules.map(([id]) => id)).toEqual(expect.arrayContaining([...new Set(named)]));
});
