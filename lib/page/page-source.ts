import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';

const webDir = fileURLToPath(new URL('../../demo/web', import.meta.url));
const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
);

/** The built page. It is named by what comes out, so a change of the SDK is a change of the page. */
export function pageSource(): ISource {
  return Source.asset(webDir, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK asks for an image, and uses it where the build here declines; this one throws instead.
      image: DockerImage.fromRegistry('none'),
      local: { tryBundle: buildPage },
    },
  });
}

function buildPage(outDir: string): true {
  const { status, error } = spawnSync(
    process.execPath,
    [vite, 'build', webDir, '--outDir', outDir, '--configLoader', 'native', '--logLevel', 'warn'],
    {
      // What the CDK app prints on stdout is its own.
      stdio: ['ignore', process.stderr, process.stderr],
      // Under a test runner React would come with its checks for development.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (status === 0) return true;
  throw new Error(`The demo page could not be built (vite build: ${status}).`, { cause: error });
}
