import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeApi } from '../../scripts/package/api/describe-api.ts';
import { declarePackage } from '../../scripts/package/declare-package.ts';
import { describePackage } from '../../scripts/package/describe-package.ts';
import {
  folderOf,
  type PackageSource,
  projectDir,
  sourceOf,
} from '../../scripts/package/package-source.ts';
import { bundle } from './bundle.ts';

const client: PackageSource = {
  folder: 'client',
  entries: {
    index: 'index',
    react: 'react/react',
    dom: 'dom/dom',
    elements: 'elements/elements',
  },
};
const sources = Object.fromEntries(
  Object.entries(client.entries).map(([name, entry]) => [name, sourceOf(client, entry)]),
);

/** Importing it registers the elements. */
const sideEffects = ['./elements.js'];

const aboutApi = `Made of the declarations and of the files in \`packages/client/examples/\` by
\`node packages/client/build.ts\`. A first guide is in [client.md](client.md).

A test runs the examples of the client and of its groups one after the other; those of React, of the page and
of the elements are checked by the compiler.`;

export interface BuildOptions {
  /** Where the package goes that is published. */
  distDir: string;
}

/** Builds the package: bundles, the declarations they need, and the text of the API reference. */
export async function buildClient({ distDir }: BuildOptions): Promise<{ apiReference: string }> {
  await rm(distDir, { recursive: true, force: true });
  await Promise.all([bundle(sources, distDir), declarePackage(client, distDir)]);
  await describePackage(client, distDir, { sideEffects });
  const about = { title: 'API reference of the client', about: aboutApi };
  return { apiReference: await describeApi(client, join(distDir, 'types'), about) };
}

if (import.meta.main) {
  const { apiReference } = await buildClient({ distDir: join(folderOf(client), 'dist') });
  await writeFile(join(projectDir, 'docs', 'api.md'), apiReference);
}
