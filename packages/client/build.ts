import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { transform } from '@swc/core';
import { build } from 'esbuild';
import { minify } from 'vite';
import { type ApiEntry, describeApi } from './api/describe-api.ts';
import { declareEntities } from './declare-entities.ts';
import { internalNames } from './internal-names.ts';

const clientDir = import.meta.dirname;
const projectDir = join(clientDir, '../..');
const entries = {
  index: 'index',
  react: 'react/react',
  dom: 'dom/dom',
  elements: 'elements/elements',
} as const;
const names = ['index', 'react', 'dom', 'elements'] as const;
const sourceOf = (name: keyof typeof entries) => join(clientDir, 'src', entries[name]);

const manifest = {
  exports: {
    '.': { types: './types/client/src/index.d.ts', default: './index.js' },
    './react': { types: './types/client/src/react/react.d.ts', default: './react.js' },
    './dom': { types: './types/client/src/dom/dom.d.ts', default: './dom.js' },
    './elements': {
      types: './types/client/src/elements/elements.d.ts',
      default: './elements.js',
    },
    './package.json': './package.json',
  },
  // Importing it registers the elements.
  sideEffects: ['./elements.js'],
};

const apiEntries: readonly ApiEntry[] = [
  ['client/src/index', '@seenby/client'],
  ['client/src/react/react', '@seenby/client/react'],
  ['client/src/dom/dom', '@seenby/client/dom'],
  ['client/src/elements/elements', '@seenby/client/elements'],
];

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
  await Promise.all([bundle(distDir), declare(distDir)]);
  await cp(join(projectDir, 'LICENSE'), join(distDir, 'LICENSE'));
  await cp(join(clientDir, 'README.md'), join(distDir, 'README.md'));
  await describePackage(distDir);
  return {
    apiReference: await describeApi({
      title: 'API reference of the client',
      about: aboutApi,
      entries: apiEntries,
      declarationsDir: join(distDir, 'types'),
      examplesDir: join(clientDir, 'examples'),
    }),
  };
}

/** What is published has its dependencies bundled, and names what was built instead of the sources. */
async function describePackage(distDir: string): Promise<void> {
  const text = await readFile(join(clientDir, 'package.json'), 'utf8');
  const { private: _private, devDependencies: _bundled, ...fields } = JSON.parse(text);
  const published = { ...fields, ...manifest };
  await writeFile(join(distDir, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

async function bundle(distDir: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(names.map((name) => [name, `${sourceOf(name)}.ts`])),
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

/** All declarations are made, and those kept that the entries lead to. */
async function declare(distDir: string): Promise<void> {
  const allDir = join(distDir, 'declarations');
  const tsc = join(projectDir, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', join(clientDir, 'tsconfig.json'), '--outDir', allDir];
  await promisify(execFile)(process.execPath, args);
  await writeFile(join(allDir, 'protocol/src/entities.d.ts'), declareEntities());
  const kept = new Set<string>();
  for (const name of names) {
    await keep(allDir, join(allDir, 'client/src', `${entries[name]}.d.ts`), kept);
  }
  for (const path of kept) {
    await copyDeclaration(allDir, path, join(distDir, 'types', relative(allDir, path)));
  }
  await rm(allDir, { recursive: true });
}

const ownImport = /from '((?:\.|@seenby\/)[^']+)\.ts'/g;

/** Where a declaration's import leads to: a file beside it, or one of the packages it is built with. */
function targetOf(allDir: string, path: string, to: string): string {
  const [, name, inside] = to.match(/^@seenby\/([^/]+)\/(.+)$/) ?? [];
  return name && inside ? join(allDir, name, 'src', inside) : join(dirname(path), to);
}

async function keep(allDir: string, path: string, kept: Set<string>): Promise<void> {
  if (kept.has(path)) return;
  kept.add(path);
  const text = await readFile(path, 'utf8');
  for (const [, to = ''] of text.matchAll(ownImport)) {
    await keep(allDir, `${targetOf(allDir, path, to)}.d.ts`, kept);
  }
}

/** Declarations name sources; what is published has none. */
async function copyDeclaration(allDir: string, from: string, to: string): Promise<void> {
  const text = await readFile(from, 'utf8');
  const published = text.replace(ownImport, (_, target: string) => {
    const path = relative(dirname(from), targetOf(allDir, from, target));
    return `from '${path.startsWith('.') ? path : `./${path}`}.js'`;
  });
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, published);
}

if (import.meta.main) {
  const { apiReference } = await buildClient({ distDir: join(clientDir, 'dist') });
  await writeFile(join(projectDir, 'docs', 'api.md'), apiReference);
}
