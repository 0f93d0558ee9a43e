import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
// By its path: under the condition `development`, which Vitest sets, its name stands for TypeScript.
import {
  checkPackage,
  createPackageFromTarballData,
} from '../../../node_modules/@arethetypeswrong/core/dist/index.js';
import { isNightly } from '../../support/nightly.ts';
import { toolIn } from '../packages/npm-tools.ts';
import type { BuiltPackage } from './built-package.ts';

const runFile = promisify(execFile);

const isNode20 = (path: string): boolean =>
  existsSync(path) &&
  spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.');

/** The oldest Node that the packages promise to run in: this machine's own, or in the nightly run one from npm. */
export const oldestNode =
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, 'node'))
    .find(isNode20) ?? (isNightly ? join(toolIn('node-20', 'node@20'), 'node') : undefined);

/** For titles of tests that need it. */
export const whichNode20 = oldestNode ?? 'there is none on the PATH; the nightly run installs one';

/** Runs a module in the project that has installed the package, and answers what it prints. */
export async function runIn({ appDir }: BuiltPackage, node: string, module: string) {
  const args = ['--input-type=module', '-e', module];
  return (await runFile(node, args, { cwd: appDir })).stdout.trim();
}

/** What publint objects to. */
export async function objectionsTo({ packageDir }: BuiltPackage): Promise<unknown[]> {
  const { messages } = await publint({ pkgDir: packageDir, pack: 'npm', strict: true });
  return messages;
}

/** Resolution without `exports`, and `require`, are not promised: the packages are for ESM alone. */
const notPromised: readonly string[] = ['node10', 'node16-cjs'];

/** What the check of types objects to. */
export async function objectionsToTypes({ tarball }: BuiltPackage): Promise<unknown[]> {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (!result.types) return [`${result.packageName} has no types`];
  return result.problems.filter(
    (problem) => !('resolutionKind' in problem && notPromised.includes(problem.resolutionKind)),
  );
}
