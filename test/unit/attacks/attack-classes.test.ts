import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { attackClasses, attackTable } from '../../support/attacks/attack-classes.ts';
import { readPage } from '../docs/markdown.ts';

const textOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');

describe('the classes of attacks', () => {
  it('are more than forty, each another one', () => {
    const attacks = attackClasses.map(({ attack }) => attack);
    expect(new Set(attacks).size).toBe(attacks.length);
    expect(attacks.length).toBeGreaterThanOrEqual(40);
  });

  it.each(attackClasses)('$attack: has the tests that it names', ({ shownBy }) => {
    const missing = shownBy.filter(([file, title]) => !textOf(file).includes(title));
    expect(missing).toEqual([]);
    expect(shownBy.length).toBeGreaterThan(0);
  });

  it('stand on the page of what was tried', () => {
    expect(readPage('docs/reliability.md')).toContain(`\n${attackTable()}\n`);
  });
});
