import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publishNew } from '../../../scripts/package/publish.ts';

let dirs: string[];

beforeEach(() => {
  dirs = ['client', 'server'].map((name) => {
    const dir = mkdtempSync(join(tmpdir(), 'seenby-dist-'));
    const manifest = { name: `@seenby/${name}`, version: '0.2.0' };
    writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
    return dir;
  });
});
afterEach(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

/** A registry that answers so for each version; what was published there. */
async function publishTo(answers: Record<string, string | Error>) {
  const published: string[] = [];
  const run = async (_command: string, [act, of = '', ...rest]: readonly string[]) => {
    if (act === 'publish') {
      expect(rest).toEqual(['--access', 'public']);
      published.push(of);
      return '';
    }
    const answer = answers[of] ?? '';
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { names: await publishNew(dirs, run), published };
}

it('publishes the packages whose version the registry does not have', async () => {
  const { names, published } = await publishTo({
    '@seenby/client@0.2.0': '0.2.0\n',
    '@seenby/server@0.2.0': '',
  });
  expect(names).toEqual(['@seenby/server@0.2.0']);
  expect(published).toEqual([dirs[1]]);
});

it('publishes a package that the registry does not know', async () => {
  const unknown = new Error('npm error code E404');
  const { names } = await publishTo({
    '@seenby/client@0.2.0': unknown,
    '@seenby/server@0.2.0': unknown,
  });
  expect(names).toHaveLength(2);
});

it('publishes nothing where the registry cannot be asked', async () => {
  const answers = { '@seenby/client@0.2.0': new Error('npm error code ECONNREFUSED') };
  await expect(publishTo(answers)).rejects.toThrow('ECONNREFUSED');
});
