import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { namedDeclarations } from './declare-named.ts';
import { declarationOf, folderOf, type PackageSource, projectDir } from './package-source.ts';

/** All declarations are made, and those kept that the modules lead to. */
export async function declarePackage(source: PackageSource, distDir: string): Promise<void> {
  const allDir = join(distDir, 'declarations');
  const tsc = join(projectDir, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', join(folderOf(source), 'tsconfig.json'), '--outDir', allDir];
  await promisify(execFile)(process.execPath, args);
  for (const [path, text] of Object.entries(namedDeclarations())) {
    await writeDeclaration(join(allDir, 'protocol', 'src', path), text);
  }
  const kept = new Set<string>();
  for (const entry of Object.values(source.entries)) {
    await keep(allDir, join(allDir, declarationOf(source, entry)), kept);
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
  await writeDeclaration(to, published);
}

async function writeDeclaration(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
