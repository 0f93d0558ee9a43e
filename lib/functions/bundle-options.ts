import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import type { HandlerFile } from './handler-file.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));

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
 * How esbuild makes the bundle of a handler, `index.mjs`. The bytes are the same wherever the project and
 * the assembly lie: paths in the source map begin at the project, and nothing is written here.
 */
export const bundleOptions = (entry: HandlerFile) =>
  ({
    absWorkingDir: projectDir,
    entryPoints: [join(projectDir, 'functions', `${entry}.ts`)],
    outfile: join(projectDir, 'index.mjs'),
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node24', minify: true },
    mainFields: ['module', 'main'],
    external: otherCredentialProviders,
    ...{ sourcemap: true, sourcesContent: false, logLevel: 'warning', write: false },
  }) satisfies BuildOptions;
