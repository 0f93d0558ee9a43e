import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { synthesizeSeenby } from '../../../demo/local/synthesize-seenby.ts';
import { projectDir } from '../../../scripts/package/package-source.ts';
import { billOf } from '../../../scripts/supply-chain/cyclone-dx.ts';
import { readLockFile } from '../../../scripts/supply-chain/lock-file.ts';
import { readPublished } from '../../../scripts/supply-chain/published.ts';
import { schemaProblems } from './cyclone-dx-schema.ts';
import { ProjectCopy } from './project-copy.ts';

const lock = readLockFile(projectDir);

let here: ProjectCopy;
let elsewhere: ProjectCopy;

beforeAll(() => {
  here = new ProjectCopy('here', { bundles: false });
  elsewhere = new ProjectCopy('a-folder/with-a-longer-name', { bundles: true });
});

/** The hash of each file below a folder. */
function hashesIn(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [
        path.slice(dir.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );
}

/** Of these an assembly tells where it was made, how long that took, and what a check of it found. */
const notDeployed = [
  ...['Seenby.metadata.json', 'performance-counters.json', 'validation-report.json'],
];

it('the same sources in two folders are the same stack: bundles, page and template alike', async () => {
  const outputDir = join(elsewhere.dir, 'out');
  // With the checks of a deployment.
  const environment = { SEENBY_VALIDATION: 'on' };
  await synthesizeSeenby({ projectDir: elsewhere.dir, outputDir, environment });
  const [first, second] = [inject('assemblyDir'), outputDir].map((dir) =>
    Object.entries(hashesIn(dir)).filter(([name]) => !notDeployed.includes(name)),
  );
  expect(first?.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'Seenby.template.json',
      expect.stringMatching(/^asset\.[0-9a-f]{64}\/index\.mjs$/),
      expect.stringMatching(/^asset\.[0-9a-f]{64}\/docs\/index\.html$/),
    ]),
  );
  expect(second).toEqual(first);
});

describe.each(['client', 'server'])('the package %s', (name) => {
  let dists: string[];
  beforeAll(async () => {
    dists = await Promise.all([here, elsewhere].map((copy) => copy.buildPackage(name)));
  });

  it('is the same for the same sources in two folders', () => {
    const [first, second] = dists.map(hashesIn);
    expect(Object.keys(first ?? {})).toEqual(
      expect.arrayContaining(['index.js', 'index.js.map', 'package.json', 'LICENSE']),
    );
    expect(second).toEqual(first);
  });

  it('has a bill of materials, and no code of others', () => {
    const { subject, deliverables } = readPublished(dists[0] ?? '', lock);
    expect(subject).toMatchObject({ type: 'library', name: `@seenby/${name}` });
    expect(Object.keys(deliverables[0]?.files ?? {})).toContain('index.js');
    expect(deliverables.flatMap(({ packages }) => packages)).toEqual([]);
    expect(schemaProblems(billOf({ subject, deliverables, tools: [] }))).toEqual([]);
  });
});
