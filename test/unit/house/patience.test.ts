import { expect, it } from 'vitest';
import { codeFiles } from './code-files.ts';

/** Limits of time that Vitest takes, as numbers; and its waits that give up after one second. */
const ownLimit =
  /\btimeout: *[\d_]+|^ *\}?,? *[\d_]*0_000,?\s*\);|\bvi\.wait(?:For|Until)\((?!.*patienceMs)/gm;
/** Longer than the common limit, or a try that may fail. */
const exceptions = new Set([
  'test/system/idle.test.ts',
  'test/system/web/conversation/conversation.test.ts',
  'packages/local-cloud/test/dynamodb/memory/contract/contract.test.ts',
  'test/service/races/random.test.ts',
]);

it('no test gives up before the common limit: a busy machine is slow, and no reason to fail', () => {
  const tests = codeFiles().filter(
    ({ path }) => /(^|\/)test\//.test(path) && path.endsWith('.test.ts'),
  );
  expect(tests.length).toBeGreaterThan(200);
  const found = tests
    .filter(({ path }) => !exceptions.has(path) && !path.startsWith('test/unit/'))
    .flatMap(({ path, text }) => (text.match(ownLimit) ?? []).map((limit) => `${path}: ${limit}`));
  expect(found).toEqual([]);
});
