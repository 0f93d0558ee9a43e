// Runs the project on any Node 20 or newer, from a fresh clone on: installs what is missing, then
// hands over to the Node 24 among the dependencies, the version Lambda runs.
//   node scripts/run.mjs start|test|test:nightly|test:sim|test:coverage|test:campaign|test:mutants|planted-bugs|bench|bills|audit|release|replay-dead-letters|drill [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const string = { type: 'string' };
const commands = {
  start: (rest) => ['demo/local/main.ts', ...rest],
  test: (rest) => ['node_modules/vitest/vitest.mjs', 'run', ...rest],
  /** Random tests and those of great numbers at full length. */
  'test:nightly': (rest) => {
    process.env.SEENBY_NIGHTLY = 'true';
    return commands.test(rest);
  },
  /** The simulator: `--seeds 10000` plays so many, `--seed 7` one, and shortens it if it fails. */
  'test:sim': (rest) => {
    const { values } = parseArgs({ args: rest, options: { seeds: string, seed: string } });
    if (values.seeds) process.env.SEENBY_SIMULATED_SEEDS = values.seeds;
    if (values.seed) process.env.SEENBY_SIMULATED_SEED = values.seed;
    return commands.test(['--project', 'simulation']);
  },
  /** Which lines the tests run, as a page in .local/coverage. */
  'test:coverage': (rest) => [
    ...['node_modules/vitest/vitest.mjs', 'run', '--coverage.enabled'],
    ...(rest.length > 0 ? rest : ['--project', 'unit', '--project', 'service']),
  ],
  /** Faults and kills while thousands read; `--soak <minutes>` instead runs at a steady pace. */
  'test:campaign': (rest) => ['test/campaign/main.ts', ...rest],
  /** Which changes of the code no test notices; `--mutate <files>` looks at some of it. */
  'test:mutants': (rest) => ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', ...rest],
  /** Faults put into the code, and the tests that notice them; a part of a name chooses some. */
  'planted-bugs': (rest) => ['scripts/planted-bugs.ts', ...rest],
  /** Names of scenarios, or of a benchmark of its own with its arguments; `help` lists them. */
  bench: (rest) => ['bench/main.ts', ...rest],
  /** Bills of materials of what is deployed and published. */
  bills: (rest) => ['scripts/write-bills.ts', ...rest],
  /** Known weaknesses of the dependencies; asks the registry. */
  audit: () => ['scripts/audit.ts'],
  /** Builds the packages and publishes those that are new. */
  release: () => ['scripts/publish-packages.ts'],
  /** Plays incidents of the runbook on the local cloud: all of them, or those that are named. */
  drill: (rest) => ['test/drill/main.ts', ...rest],
  'replay-dead-letters': (rest) => ['scripts/replay-dead-letters.ts', ...rest],
};

/**
 * Not `npm ci`: it refuses a lock file without the optional packages of every platform, and some
 * registries have only a few of them. The lock file stays as it is. Warnings would be about the Node
 * that installs; the one among the dependencies, which then runs everything, is what packages ask for.
 */
const installArguments = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

const [name, ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (command) {
  if (!isInstalled()) install();
  run(command(rest));
} else {
  console.error(`Usage: node scripts/run.mjs ${Object.keys(commands).join('|')} [arguments]`);
  process.exitCode = 2;
}

/** npm writes its own record of an install last; a lock file newer than it asks for another. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  return statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.log('Installing the dependencies; this is done once …');
  const { status } = spawnSync('npm', installArguments, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error('The dependencies could not be installed (npm install failed).');
  process.exit(status ?? 1);
}

function run(args) {
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    // What was compiled once is not compiled again.
    NODE_COMPILE_CACHE: join(root, '.local', 'compile-cache'),
  };
  const child = spawn(join(bin, 'node'), args, { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (cause) => {
    console.error(`Node 24 could not be started from node_modules: ${cause.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exitCode = code ?? 1;
  });
}
