import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { isNightly } from '../../support/nightly.ts';
import { toolIn } from '../packages/npm-tools.ts';
import type { BuiltPackage } from './built-package.ts';

const runFile = promisify(execFile);
const attw = join(import.meta.dirname, '../../../node_modules/.bin/attw');

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

/** What the check of types says. The packages are for ESM alone: resolution without `exports`, and `require`, are not promised. */
export async function analysisOfTypes({ tarball }: BuiltPackage): Promise<object> {
  const args = [tarball, '--profile', 'esm-only', '--format', 'json'];
  return JSON.parse((await runFile(attw, args)).stdout).analysis;
}
