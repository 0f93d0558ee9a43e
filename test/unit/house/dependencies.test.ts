import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  hasException,
  isPermissive,
  licenceExceptions,
  permissiveLicences,
} from '../../../scripts/supply-chain/licences.ts';
import { readLockFile } from '../../../scripts/supply-chain/lock-file.ts';
import { root } from '../docs/markdown.ts';

interface Manifest {
  name: string;
  license?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const lockText = read('package-lock.json');
const locked = [...readLockFile(root).values()];
const own = Object.keys(JSON.parse(lockText).packages as object).filter(
  (path) => !path.includes('node_modules'),
);
const manifests = own.flatMap((folder): [string, Manifest][] => {
  try {
    return [[folder || '.', JSON.parse(read(join(folder, 'package.json')))]];
  } catch {
    return [];
  }
});

describe('every dependency', () => {
  it.each(manifests)('is named with one exact version: %s', (_, { name, ...manifest }) => {
    expect(name).toMatch(/^@?seenby/);
    const ranges = { ...manifest.dependencies, ...manifest.devDependencies };
    const inexact = Object.entries(ranges).filter(
      ([, range]) => !/^(npm:(@[^@]+|[^@]+)@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range),
    );
    expect(inexact).toEqual([]);
  });

  it('comes from the lock file with a hash, or inside a package that has one', () => {
    expect(locked.length).toBeGreaterThan(600);
    const unchecked = locked.filter(
      ({ integrity, isInOther }) => !isInOther && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''),
    );
    expect(unchecked.map(({ path }) => path)).toEqual([]);
    const inOthers = locked.filter(({ isInOther }) => isInOther);
    const parents = inOthers.map(({ path }) => path.slice(0, path.lastIndexOf('/node_modules/')));
    const known = new Set(locked.flatMap(({ path, integrity }) => (integrity ? path : [])));
    expect(parents.filter((path) => !known.has(path))).toEqual([]);
  });

  it('has a permissive licence, or a reason', () => {
    const wrong = locked.filter(
      ({ name, licence = '' }) => !isPermissive(licence) && !hasException(name, licence),
    );
    expect(wrong.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  it('runs no script when it is installed, unless package.json lets it', () => {
    const { allowScripts = {} } = JSON.parse(read('package.json')) as Manifest;
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript);
    expect(scripted.map(({ name }) => name).sort()).toEqual(Object.keys(allowScripts).sort());
  });
});

describe('the licences', () => {
  it.each<[string, boolean]>([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['Apache-2.0 AND MIT', true],
    ['GPL-3.0-only', false],
    ['MIT AND GPL-3.0-only', false],
    ['MIT AND GPL-3.0-only OR ISC', false],
    ['', false],
  ])('%s', (expression, isFine) => {
    expect(isPermissive(expression)).toBe(isFine);
  });

  it('each exception is needed, and only for what has another licence', () => {
    for (const { name, licence } of licenceExceptions) {
      const licences = locked.filter((each) => name.test(each.name)).map((each) => each.licence);
      expect(new Set(licences)).toEqual(new Set([licence]));
      expect(isPermissive(licence)).toBe(false);
    }
  });

  it('are those that the review of a pull request takes', () => {
    const lists = read('.github/dependency-review.yml').matchAll(
      /^(allow[\w-]+):\n((?: {2}- .+\n)+)/gm,
    );
    const exempt = locked.filter(({ name, licence = '' }) => hasException(name, licence));
    expect(
      Object.fromEntries(
        [...lists].map(([, name, lines = '']) => [name, lines.match(/(?<=- ).+/g)?.sort()]),
      ),
    ).toEqual({
      'allow-licenses': [...permissiveLicences].sort(),
      'allow-dependencies-licenses': exempt.map(({ name }) => `pkg:npm/${name}`).sort(),
    });
  });
});
