import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { builtHere } from '../built-here.ts';

const webDir = fileURLToPath(new URL('../../demo/web', import.meta.url));
const siteBuilder = fileURLToPath(new URL('../../site/build/main.ts', import.meta.url));
const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
);

/** The built page, and the documentation below `docs/`: a change of the SDK is a change of the page. */
export const pageSource = (): ISource =>
  Source.asset(
    webDir,
    builtHere('page', (outDir) => {
      buildPage(outDir);
      run('The documentation', [siteBuilder, join(outDir, 'docs')]);
    }),
  );

const buildPage = (outDir: string): void =>
  run('The demo page', [
    ...[vite, 'build', webDir, '--outDir', outDir],
    ...['--configLoader', 'native', '--logLevel', 'warn'],
  ]);

function run(what: string, command: readonly string[]): void {
  const { status, error } = spawnSync(process.execPath, command, {
    // What the CDK app prints on stdout is its own.
    stdio: ['ignore', process.stderr, process.stderr],
    // Under a test runner React would come with its checks for development.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`${what} could not be built (${status}).`, { cause: error });
}
