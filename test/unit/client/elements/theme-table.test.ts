import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { themeProperties } from '../../../../packages/client/src/elements/base/theme.ts';

it('docs/elements.md lists the CSS properties as the code has them', () => {
  const page = readFileSync(new URL('../../../../docs/elements.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `--seenby-'));
  const code = (value: string | undefined) => (value === undefined ? 'the same' : `\`${value}\``);
  const expected = themeProperties.map(
    ({ name, about, light, dark }) =>
      `| \`--seenby-${name}\` | ${about} | ${code(light)} | ${code(dark)} |`,
  );
  expect(rows).toEqual(expected);
});
