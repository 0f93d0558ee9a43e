import { expect, it } from 'vitest';
import { codeFiles } from './code-files.ts';

const hook = /^(?:before|after)(?:All|Each)\(/m;

/** Made when it is loaded, and gone for all other files once one of them removes it. */
const folder = /^(?:export )?(?:const|let) .*mkdtemp/m;

const helpers = codeFiles().filter(
  ({ path }) => /(^|\/)test\//.test(path) && !path.endsWith('.test.ts'),
);

it('no helper of tests makes a folder as it is loaded: files of a tier share it', () => {
  expect(helpers.filter(({ text }) => folder.test(text)).map(({ path }) => path)).toEqual([]);
});

it('no helper of tests has hooks of its own: they would be hooks of the first file that loads it', () => {
  expect(helpers.length).toBeGreaterThan(100);
  const found = helpers.filter(({ text }) => hook.test(text)).map(({ path }) => path);
  expect(found.filter((path) => !path.startsWith('test/support/setup/'))).toEqual([]);
});
