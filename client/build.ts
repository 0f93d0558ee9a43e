import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describeApi } from './describe-api.ts';

const clientDir = import.meta.dirname;
const projectDir = join(clientDir, '..');
const entries = ['index', 'react', 'dom'] as const;

export interface BuildOptions {
  /** Where the package's `dist` goes. */
  distDir: string;
}

/** Builds the package: bundles, the declarations they need, and the text of the API reference. */
export async function buildClient({ distDir }: BuildOptions): Promise<{ apiReference: string }> {
  await rm(distDir, { recursive: true, force: true });
  await Promise.all([bundle(distDir), declare(distDir)]);
  await cp(join(projectDir, 'LICENSE'), join(distDir, 'LICENSE'));
  return { apiReference: await describeApi(join(distDir, 'types', 'client')) };
}

const bundle = (distDir: string) =>
  build({
    entryPoints: entries.map((name) => join(clientDir, `${name}.ts`)),
    outdir: distDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    sourcemap: true,
    external: ['react'],
    chunkNames: 'shared-[hash]',
  });

/** All declarations are made, and those kept that the entries lead to. */
async function declare(distDir: string): Promise<void> {
  const allDir = join(distDir, 'declarations');
  const tsc = join(projectDir, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', join(clientDir, 'tsconfig.json'), '--outDir', allDir];
  await promisify(execFile)(process.execPath, args);
  const kept = new Set<string>();
  for (const name of entries) await keep(join(allDir, 'client', `${name}.d.ts`), kept);
  for (const path of kept)
    await copyDeclaration(path, join(distDir, 'types', relative(allDir, path)));
  await rm(allDir, { recursive: true });
}

const relativeImport = /from '(\.[^']+)\.ts'/g;

async function keep(path: string, kept: Set<string>): Promise<void> {
  if (kept.has(path)) return;
  kept.add(path);
  const text = await readFile(path, 'utf8');
  for (const [, to = ''] of text.matchAll(relativeImport)) {
    await keep(join(dirname(path), `${to}.d.ts`), kept);
  }
}

/** Declarations name sources; what is published has none. */
async function copyDeclaration(from: string, to: string): Promise<void> {
  const text = await readFile(from, 'utf8');
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, text.replace(relativeImport, "from '$1.js'"));
}

if (import.meta.main) {
  const { apiReference } = await buildClient({ distDir: join(clientDir, 'dist') });
  await writeFile(join(projectDir, 'docs', 'api.md'), apiReference);
}
