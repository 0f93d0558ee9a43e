import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { builtHere } from '../built-here.ts';
import type { HandlerFile } from './handler-file.ts';

const functionsDir = fileURLToPath(new URL('../../functions', import.meta.url));

/**
 * Lambda hands its credentials over in the environment, where the SDK looks first. It loads these
 * providers only when it finds none there; in the bundle they would be a quarter of it.
 */
const otherCredentialProviders = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/**
 * A handler and all that it imports, in one file, `index.mjs`. The SDK of AWS is in it: the one that the
 * runtime brings is slower to load, and not the one tested. CDK's own way to bundle starts npm for each
 * function.
 */
export const bundleOf = (entry: HandlerFile): AssetCode =>
  Code.fromAsset(
    functionsDir,
    builtHere(entry, (outDir) => {
      buildSync({
        entryPoints: [join(functionsDir, `${entry}.ts`)],
        outfile: join(outDir, 'index.mjs'),
        ...{ bundle: true, format: 'esm', platform: 'node', target: 'node24', minify: true },
        mainFields: ['module', 'main'],
        external: otherCredentialProviders,
        ...{ sourcemap: true, sourcesContent: false, logLevel: 'warning' },
      });
    }),
  );
