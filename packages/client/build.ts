import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from '@swc/core';
import { build } from 'esbuild';
import { minify } from 'vite';
import { describeApi } from '../../scripts/package/api/describe-api.ts';
import { declarePackage } from '../../scripts/package/declare-package.ts';
import { describePackage } from '../../scripts/package/describe-package.ts';
import {
  folderOf,
  type PackageSource,
  projectDir,
  sourceOf,
} from '../../scripts/package/package-source.ts';
import { internalNames } from './internal-names.ts';

const client: PackageSource = {
  folder: 'client',
  entries: {
    index: 'index',
    react: 'react/react',
    dom: 'dom/dom',
    elements: 'elements/elements',
  },
};
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
  await Promise.all([bundle(distDir), declarePackage(client, distDir)]);
  await describePackage(client, distDir, { sideEffects });
  const about = { title: 'API reference of the client', about: aboutApi };
  return { apiReference: await describeApi(client, join(distDir, 'types'), about) };
}

async function bundle(distDir: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(
      Object.entries(client.entries).map(([name, entry]) => [name, sourceOf(client, entry)]),
    ),
    outdir: distDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    sourcemap: true,
    external: ['react'],
    mangleProps: new RegExp(`^(?:${internalNames.join('|')})$`),
    chunkNames: 'shared-[hash]',
    write: false,
  });
  const textOf = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const scripts = [...textOf.keys()].filter((path) => path.endsWith('.js'));
  await mkdir(distDir, { recursive: true });
  await Promise.all(scripts.map((path) => shrink(path, textOf)));
}

/** What one minifier leaves, another one makes smaller. */
async function shrink(path: string, textOf: ReadonlyMap<string, string>): Promise<void> {
  let script = { code: textOf.get(path) ?? '', map: textOf.get(`${path}.map`) ?? '' };
  for (const shrinkOnce of [shrinkWithOxc, shrinkWithSwc, shrinkWithOxc]) {
    script = await shrinkOnce(script);
  }
  await writeFile(path, script.code);
  await writeFile(`${path}.map`, script.map);
}

interface Script {
  code: string;
  map: string;
}

async function shrinkWithSwc({ code, map }: Script): Promise<Script> {
  const shrunk = await transform(code, {
    jsc: { target: 'es2022', minify: { compress: { passes: 3 }, mangle: true } },
    isModule: true,
    minify: true,
    sourceMaps: true,
    inputSourceMap: map,
  });
  return { code: shrunk.code, map: shrunk.map ?? '' };
}

async function shrinkWithOxc({ code, map }: Script): Promise<Script> {
  const shrunk = await minify('script.js', code, {
    module: true,
    compress: { target: 'es2022' },
    mangle: { toplevel: true },
    sourcemap: true,
    inputMap: JSON.parse(map),
  });
  if (shrunk.errors.length > 0) throw new Error(shrunk.errors[0]?.message);
  return { code: shrunk.code, map: JSON.stringify(shrunk.map) };
}

if (import.meta.main) {
  const { apiReference } = await buildClient({ distDir: join(folderOf(client), 'dist') });
  await writeFile(join(projectDir, 'docs', 'api.md'), apiReference);
}
