import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOf } from '@seenby/local-cloud/synthesis/fingerprint.ts';
import type { Reporter, TestModule } from 'vitest/node';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What the outcome of the suite depends on. The lock file has the versions of the dependencies. */
const sources = [
  'packages/local-cloud',
  'package-lock.json',
  'vitest.config.ts',
  'test/support/setup',
];

const fingerprint = (projectDir: string): string =>
  fingerprintOf(projectDir, sources, { node: process.version });

/** Holds the fingerprint of the last run on this machine in which the whole suite passed. */
const stampOf = (projectDir: string): string => join(projectDir, '.local', 'local-cloud-passed');

/**
 * Whether the suite of packages/local-cloud has to run: something it depends on is another than at its
 * last green run on this machine. In continuous integration it always has to.
 */
export function localCloudChanged(projectDir = root, env = process.env): boolean {
  const isCi = env.CI !== undefined && !['', '0', 'false'].includes(env.CI);
  return isCi || readStamp(projectDir) !== fingerprint(projectDir);
}

function readStamp(projectDir: string): string | undefined {
  try {
    return readFileSync(stampOf(projectDir), 'utf8');
  } catch {
    return undefined;
  }
}

/** Notes each run in which the whole suite passed. */
export class LocalCloudStamp implements Reporter {
  readonly #projectDir: string;
  #atStart = '';

  constructor(projectDir = root) {
    this.#projectDir = projectDir;
  }

  onTestRunStart(): void {
    // What changes during the run has not been tested.
    this.#atStart = fingerprint(this.#projectDir);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const passed = modules.filter(hasPassed).map(({ moduleId }) => moduleId);
    if (!testFiles(this.#projectDir).every((path) => passed.includes(path))) return;
    const stamp = stampOf(this.#projectDir);
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, this.#atStart);
  }
}

/** A test that was left out, by a filter of names for one, has not passed. */
function hasPassed(module: TestModule): boolean {
  const tests = [...module.children.allTests()];
  return module.state() === 'passed' && tests.every((test) => test.result().state === 'passed');
}

function testFiles(projectDir: string): string[] {
  const suite = join(projectDir, 'packages/local-cloud/test');
  return readdirSync(suite, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join(suite, path));
}
