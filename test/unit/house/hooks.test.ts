import { expect, it } from 'vitest';
import { codeFiles } from './code-files.ts';

const hook = /^(?:before|after)(?:All|Each)\(/m;

it('no helper of tests has hooks of its own: they would be hooks of the first file that loads it', () => {
  const helpers = codeFiles().filter(
    ({ path }) => /(^|\/)test\//.test(path) && !path.endsWith('.test.ts'),
  );
  expect(helpers.length).toBeGreaterThan(100);
  const found = helpers.filter(({ text }) => hook.test(text)).map(({ path }) => path);
  expect(found.filter((path) => !path.startsWith('test/support/setup/'))).toEqual([]);
});
