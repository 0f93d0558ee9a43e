import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { builtHere } from '../built-here.ts';
import { bundleOptions } from './bundle-options.ts';
import type { HandlerFile } from './handler-file.ts';

const functionsDir = fileURLToPath(new URL('../../functions', import.meta.url));

/**
 * A handler and all that it imports, in one file, `index.mjs`. The SDK of AWS is in it: the one that the
 * runtime brings is slower to load, and not the one tested. CDK's own way to bundle starts npm for each
 * function.
 */
export const bundleOf = (entry: HandlerFile): AssetCode =>
  Code.fromAsset(
    functionsDir,
    builtHere(entry, (outDir) => {
      for (const { path, contents } of buildSync(bundleOptions(entry)).outputFiles) {
        writeFileSync(join(outDir, basename(path)), contents);
      }
    }),
  );
