import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, tableRowsOf } from './markdown.ts';

/** A test that names more rules than this shows none of them. */
const maxRulesPerTitle = 3;

const rules = tableRowsOf('docs/rules.md').filter(([id = '']) => /^[A-Z]{2}\d+$/.test(id));

interface Title {
  file: string;
  text: string;
  ids: string[];
}

/** A string on one line that holds the id of a rule in brackets: in a test file, a title. */
const titlePattern = /(['"`])((?:\\.|(?!\1)[^\\\n])*\[[A-Z]{2}\d+\](?:\\.|(?!\1)[^\\\n])*)\1/g;

function titlesOf(file: string): Title[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(titlePattern)].map(([, , text = '']) => {
    const ids = [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id = '']) => id);
    return { file, text, ids };
  });
}

const titles = globSync('{test,packages/*/test}/**/*.test.ts', { cwd: root }).flatMap(titlesOf);
const isFocused = ({ ids }: Title): boolean => ids.length <= maxRulesPerTitle;

/** Where a test with a focused title names the rule. */
const tiersOf = (id: string): string[] => {
  const naming = titles.filter((title) => isFocused(title) && title.ids.includes(id));
  return [...new Set(naming.map(({ file }) => tierOf(file)))].sort();
};

const tierOf = (file: string): string => file.split('/')[1] ?? '';

describe('the page of rules', () => {
  it('has an id of its own for each rule', () => {
    const ids = rules.map(([id]) => id);
    expect(ids.length).toBeGreaterThan(40);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(rules)('says of %s where it is checked', (id, _rule, checkedIn = '') => {
    expect(tiersOf(id)).not.toEqual([]);
    expect(tiersOf(id)).toEqual(checkedIn.split(', ').sort());
  });

  it('knows every rule that a test names', () => {
    const known = new Set(rules.map(([id]) => id));
    expect(titles.filter(({ ids }) => ids.some((id) => !known.has(id)))).toEqual([]);
  });
});

it(`names no more than ${maxRulesPerTitle} rules in a title of a test`, () => {
  expect(titles.length).toBeGreaterThan(200);
  expect(titles.filter((title) => !isFocused(title))).toEqual([]);
});
