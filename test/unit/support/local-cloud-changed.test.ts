import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { LocalCloudStamp, localCloudChanged } from '../../support/setup/local-cloud-changed.ts';

const here = {};
const suite = ['packages/local-cloud/test/a.test.ts', 'packages/local-cloud/test/deep/b.test.ts'];
let projectDir: string;

beforeEach(() => {
  projectDir = mkdtempSync(join(tmpdir(), 'project-'));
  for (const path of [...suite, 'packages/local-cloud/src/cloud.ts', 'package-lock.json']) {
    write(path, 'first');
  }
});
afterEach(() => rmSync(projectDir, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(projectDir, path)), { recursive: true });
  writeFileSync(join(projectDir, path), content);
}

/** A run whose modules ended with these tests, by path. */
function run(ended: Record<string, string[]>, during: () => void = () => {}): void {
  const modules = Object.entries(ended).map(([path, tests]) => ({
    moduleId: join(projectDir, path),
    state: () => (tests.includes('failed') ? 'failed' : 'passed'),
    children: { allTests: () => tests.map((state) => ({ result: () => ({ state }) })) },
  }));
  const reporter = new LocalCloudStamp(projectDir);
  reporter.onTestRunStart();
  during();
  reporter.onTestRunEnd(modules as unknown as TestModule[]);
}

const allPass = () => Object.fromEntries(suite.map((path) => [path, ['passed', 'passed']]));

it('has to run until it has passed, and again after every change', () => {
  expect(localCloudChanged(projectDir, here)).toBe(true);
  run({ ...allPass(), 'test/other.test.ts': ['failed'] });
  expect(localCloudChanged(projectDir, here)).toBe(false);
  write('README.md', 'another package');
  expect(localCloudChanged(projectDir, here)).toBe(false);
  for (const path of [...suite, 'packages/local-cloud/src/new.ts', 'package-lock.json']) {
    write(path, 'second');
    expect(localCloudChanged(projectDir, here)).toBe(true);
    run(allPass());
    expect(localCloudChanged(projectDir, here)).toBe(false);
  }
});

it.each([
  ['a test failed', { [suite[1] as string]: ['passed', 'failed'] }],
  ['a test was left out', { [suite[1] as string]: ['passed', 'skipped'] }],
])('has not passed when %s', (_, ended) => {
  run({ ...allPass(), ...ended });
  expect(localCloudChanged(projectDir, here)).toBe(true);
});

it('has not passed when a file was left out', () => {
  run({ [suite[0] as string]: ['passed'] });
  expect(localCloudChanged(projectDir, here)).toBe(true);
});

it('has to run again when something changed while it ran', () => {
  run(allPass(), () => write('packages/local-cloud/src/cloud.ts', 'second'));
  expect(localCloudChanged(projectDir, here)).toBe(true);
});

it('always has to run in continuous integration', () => {
  run(allPass());
  expect(localCloudChanged(projectDir, { CI: 'true' })).toBe(true);
  expect(localCloudChanged(projectDir, { CI: 'false' })).toBe(false);
});
