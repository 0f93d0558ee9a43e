import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CacheOptions, synthesizeCached } from '../../src/synthesis/assembly-cache.ts';

let projectDir: string;
let cacheDir: string;
let count: number;

beforeEach(() => {
  projectDir = mkdtempSync(join(tmpdir(), 'project-'));
  cacheDir = join(projectDir, '.cache');
  count = 0;
  mkdirSync(join(projectDir, 'lib'));
  write('lib/stack.ts', 'a');
  write('cdk.json', '{}');
});
afterEach(() => rmSync(projectDir, { recursive: true }));

function write(path: string, content: string): void {
  writeFileSync(join(projectDir, path), content);
}

const writeResult: CacheOptions['synthesizeInto'] = async ({ outputDir, settings }) => {
  count += 1;
  writeFileSync(join(outputDir, 'result'), JSON.stringify([count, settings]));
  return { durationMs: 5 };
};

const ask = (more: Partial<CacheOptions> = {}) =>
  synthesizeCached({
    ...{ projectDir, cacheDir, sources: ['lib', 'cdk.json', 'tsconfig.json'] },
    synthesizeInto: writeResult,
    ...more,
  });

/** Whether what was asked for had to be synthesized. */
async function isNew(more: Partial<CacheOptions> = {}): Promise<boolean> {
  const before = count;
  const { durationMs } = await ask(more);
  expect(durationMs).toBe(count === before ? 0 : 5);
  return count > before;
}

describe('the same sources', () => {
  it('are synthesized once', async () => {
    const first = await ask({ settings: { a: '1', b: '2' } });
    expect(readFileSync(join(first.assemblyDir, 'result'), 'utf8')).toBe('[1,{"a":"1","b":"2"}]');
    const second = await ask({ settings: { b: '2', a: '1' } });
    expect(second).toEqual({ assemblyDir: first.assemblyDir, durationMs: 0 });
  });

  it('asked for at once give one assembly, and leave nothing else', async () => {
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one.assemblyDir).toBe(other.assemblyDir);
    expect(readdirSync(cacheDir).map((name) => join(cacheDir, name))).toEqual([one.assemblyDir]);
  });
});

describe('an assembly is made anew', () => {
  it.each([
    ['another content', () => write('lib/stack.ts', 'b')],
    ['another file', () => write('lib/more.ts', '')],
    ['a file under another name', () => write('tsconfig.json', '')],
    [
      'content that moved to another file',
      () => [write('lib/stack.ts', ''), write('cdk.json', 'a{}')],
    ],
  ])('for %s', async (_, change) => {
    expect(await isNew()).toBe(true);
    change();
    expect(await isNew()).toBe(true);
    expect(await isNew()).toBe(false);
  });

  it('for other settings', async () => {
    expect(await isNew()).toBe(true);
    expect(await isNew({ settings: { a: '1' } })).toBe(true);
    expect(await isNew({ settings: { a: '2' } })).toBe(true);
  });

  it('not for what the app does not read', async () => {
    expect(await isNew()).toBe(true);
    write('README.md', 'new');
    expect(await isNew()).toBe(false);
  });
});

it('keeps nothing of a synthesis that fails', async () => {
  const failing: CacheOptions['synthesizeInto'] = async ({ outputDir }) => {
    writeFileSync(join(outputDir, 'half'), '');
    throw new Error('broken app');
  };
  await expect(ask({ synthesizeInto: failing })).rejects.toThrow('broken app');
  expect(readdirSync(cacheDir)).toEqual([]);
  expect(await isNew()).toBe(true);
});

it('drops what nobody has used for a day', async () => {
  const hoursAgo = (path: string, hours: number) => {
    const date = new Date(Date.now() - hours * 3_600_000);
    utimesSync(path, date, date);
  };
  const { assemblyDir } = await ask();
  const halfWritten = join(cacheDir, 'new-abcdef');
  mkdirSync(halfWritten);
  hoursAgo(halfWritten, 25);
  hoursAgo(assemblyDir, 23);
  await ask({ settings: { a: '1' } });
  expect([existsSync(halfWritten), existsSync(assemblyDir)]).toEqual([false, true]);
  // Using it is what keeps it: an hour more and it would be too old.
  await ask();
  await ask({ settings: { a: '2' } });
  expect(existsSync(assemblyDir)).toBe(true);
  hoursAgo(assemblyDir, 25);
  expect(await isNew()).toBe(true);
});
