import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describeApi } from '../../scripts/package/api/describe-api.ts';
import { declarePackage } from '../../scripts/package/declare-package.ts';
import { describePackage } from '../../scripts/package/describe-package.ts';
import {
  folderOf,
  type PackageSource,
  projectDir,
  sourceOf,
} from '../../scripts/package/package-source.ts';

const server: PackageSource = { folder: 'server', entries: { index: 'index' } };

const aboutApi = `Made of the declarations and of the files in \`packages/server/examples/\` by
\`node packages/server/build.ts\`. A first guide is in [server.md](server.md). A test runs the examples.`;

/** Builds the package: a bundle, the declarations it needs, and the text of the API reference. */
export async function buildServer(distDir: string): Promise<{ apiReference: string }> {
  await rm(distDir, { recursive: true, force: true });
  await Promise.all([bundle(distDir), declarePackage(server, distDir)]);
  await describePackage(server, distDir);
  const about = { title: 'API reference of the package for backends', about: aboutApi };
  return { apiReference: await describeApi(server, join(distDir, 'types'), about) };
}

/** Not minified: whoever looks for a fault in their backend may read it. */
async function bundle(distDir: string): Promise<void> {
  await build({
    entryPoints: [sourceOf(server, server.entries.index ?? '')],
    outfile: join(distDir, 'index.js'),
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', sourcemap: true },
  });
}

if (import.meta.main) {
  const { apiReference } = await buildServer(join(folderOf(server), 'dist'));
  await writeFile(join(projectDir, 'docs', 'server-api.md'), apiReference);
}
