import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { themeProperties } from '../../../../packages/client/src/elements/base/theme.ts';

const root = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(root, 'docs/elements.md'), 'utf8');
const sources = globSync('packages/client/src/elements/**/*.ts', { cwd: root });
const code = sources.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');

/** What stands in backticks below a heading of a table. */
const inTable = (heading: string): string[] => {
  const [, table = ''] = page.split(heading);
  const rows = table.split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return rows.flatMap((row) => [...row.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name));
};

describe('docs/elements.md', () => {
  it('lists the CSS properties as the code has them', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `--seenby-'));
    const shown = (value: string | undefined) =>
      value === undefined ? 'the same' : `\`${value}\``;
    const expected = themeProperties.map(
      ({ name, about, light, dark }) =>
        `| \`--seenby-${name}\` | ${about} | ${shown(light)} | ${shown(dark)} |`,
    );
    expect(rows).toEqual(expected);
  });

  it('lists CSS properties that styles use', () => {
    const unused = themeProperties.filter(({ name }) => !code.includes(`var(--_${name})`));
    expect(unused).toEqual([]);
  });

  it('lists all parts', () => {
    const parts = new Set([...code.matchAll(/\bpart: '([\w-]+)'/g)].map(([, name = '']) => name));
    expect(parts.size).toBeGreaterThan(10);
    expect([...new Set(inTable('| Element | Parts |'))].sort()).toEqual([...parts].sort());
  });

  it('lists all events', () => {
    const events = [...code.matchAll(/tellApp\('([\w-]+)'/g)].map(([, name = '']) => name);
    const named = page.match(/`seenby-\w+`/g)?.map((name) => name.slice(1, -1));
    expect([...new Set(named)].sort()).toEqual([...new Set(events)].sort());
  });
});
